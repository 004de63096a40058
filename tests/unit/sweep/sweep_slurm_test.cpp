#include "sweep/slurm.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "config/user_error.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

SlurmSweep sample() { return {"/opt/bin/ernsim", "/home/it's/grid 1.toml", "/data/out", "/home/it's", 12, 2}; }

}  // namespace

TEST_CASE("a job script has one task per shard, which goes on where it ended") {
  const std::string script = slurm_script(sample());
  CHECK_THAT(script, Contains("\n#SBATCH --job-name=ernsim-grid_1\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --array=0-11\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --ntasks=1\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --cpus-per-task=2\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --output=\"/data/out/shard-%a-of-12.out\"\n"));
  CHECK_THAT(script, Contains("\ncd '/home/it'\\''s' || exit 2\n"));
  CHECK_THAT(script, Contains("/opt/bin/ernsim sweep '/home/it'\\''s/grid 1.toml' --shard \"$SLURM_ARRAY_TASK_ID/12\" "
                              "--out /data/out --resume --jobs \"${SLURM_CPUS_PER_TASK:-1}\"\n"));
}

TEST_CASE("sbatch finds all of its options before the first command of a job script") {
  std::istringstream lines(slurm_script(sample()));
  bool command = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#SBATCH", 0) == 0) CHECK_FALSE(command);
    command = command || line.rfind('#', 0) != 0;
  }
  CHECK(command);
}

TEST_CASE("the advice names the commands that submit and merge") {
  const std::string advice = slurm_advice(sample());
  CHECK_THAT(advice, Contains("sbatch /data/out/sweep.sh\n"));
  CHECK_THAT(advice, Contains("/opt/bin/ernsim sweep '/home/it'\\''s/grid 1.toml' --merge --out /data/out\n"));
}

TEST_CASE("paths that Slurm or a job script would change are refused") {
  CHECK_NOTHROW(check(sample()));
  for (const char* directory : {"/data/100%", "/data/a\\b", "/data/a\nb"}) {
    SlurmSweep sweep = sample();
    sweep.directory = directory;
    CHECK_THROWS_AS(check(sweep), UserError);
  }
  SlurmSweep sweep = sample();
  sweep.file = "/home/a\nb.toml";
  CHECK_THROWS_AS(check(sweep), UserError);
}
