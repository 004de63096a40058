#include "sweep/slurm.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <sstream>

#include "config/user_error.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

SlurmSweep sample() { return {"/opt/bin/ernsim", "/home/it's/grid 1.toml", "/data/out", "/home/it's", 12, 2}; }

/// What a shell makes of a word.
std::string read_by_shell(const std::string& word) {
  FILE* shell = ::popen(("printf %s " + word).c_str(), "r");
  std::string text;
  std::array<char, 256> buffer{};
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), shell)) > 0;)
    text.append(buffer.data(), count);
  ::pclose(shell);
  return text;
}

}  // namespace

TEST_CASE("a job script has one task per shard, which goes on where it ended") {
  const std::string script = slurm_script(sample());
  CHECK_THAT(script, Contains("\n#SBATCH --job-name=ernsim-grid_1\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --array=0-11\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --ntasks=1\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --cpus-per-task=2\n"));
  CHECK_THAT(script, Contains("\n#SBATCH --output=\"/data/out/shard-%a-of-12.out\"\n"));
  CHECK_THAT(script, Contains("\ncd '/home/it'\\''s' || exit 2\n"));
  CHECK_THAT(script,
             Contains("'/opt/bin/ernsim' sweep '/home/it'\\''s/grid 1.toml' --shard \"$SLURM_ARRAY_TASK_ID/12\" "
                      "--out '/data/out' --resume --jobs \"${SLURM_CPUS_PER_TASK:-1}\"\n"));
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
  CHECK_THAT(advice, Contains("sbatch '/data/out/sweep.sh'\n"));
  CHECK_THAT(advice, Contains("'/opt/bin/ernsim' sweep '/home/it'\\''s/grid 1.toml' --merge --out '/data/out'\n"));
}

TEST_CASE("a shell reads a quoted text as it was") {
  for (const std::string text : {"plain", "", "two words", "it's", "''", "$HOME `ls` \"x\" \\n # ; * ~ %d"})
    CHECK(read_by_shell(shell_quoted(text)) == text);
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
