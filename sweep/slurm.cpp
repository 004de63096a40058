#include "sweep/slurm.h"

#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <string_view>

#include "config/user_error.h"
#include "output/output_file.h"
#include "output/shell_word.h"

namespace ernsim {

namespace {

namespace fs = std::filesystem;

/// `text` as sbatch reads it in a script.
std::string sbatch_quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\\\"" : std::string(1, c);
  return quoted + "\"";
}

std::string job_name(const std::string& file) {
  std::string name = "ernsim-" + fs::path(file).stem().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && std::string_view("._-").find(c) == std::string_view::npos)
      c = '_';
  return name;
}

std::string merge_command(const SlurmSweep& sweep) {
  return fmt::format("{} sweep {} --merge --out {}", shell_word(sweep.program), shell_word(sweep.file),
                     shell_word(sweep.directory));
}

std::string submit_command(const SlurmSweep& sweep) { return "sbatch " + shell_word(sweep.directory + "/sweep.sh"); }

std::string sbatch_options(const SlurmSweep& sweep) {
  std::string text;
  const auto option = [&text](const std::string& line) { text += "#SBATCH --" + line + "\n"; };
  option("job-name=" + job_name(sweep.file));
  option(fmt::format("array=0-{}", sweep.shards - 1));
  option("ntasks=1");
  option(fmt::format("cpus-per-task={}", sweep.cpus));
  option(fmt::format("output={}", sbatch_quoted(fmt::format("{}/shard-%a-of-{}.out", sweep.directory, sweep.shards))));
  return text;
}

}  // namespace

void check(const SlurmSweep& sweep) {
  for (const std::string& path : {sweep.program, sweep.file, sweep.directory, sweep.working_directory})
    if (path.find_first_of("\n\r") != std::string::npos)
      throw UserError("--slurm: a path with a line break in it fits no job script");
  if (sweep.directory.find_first_of("%\\") != std::string::npos)
    throw UserError(fmt::format("--out '{}': must have no % and no backslash, which Slurm replaces in names of outputs",
                                sweep.directory));
}

std::string slurm_script(const SlurmSweep& sweep) {
  std::string text = "#!/bin/bash\n";
  text += "# Submit this, also to go on with what tasks lack that ended early:\n#   " + submit_command(sweep) + "\n";
  text += "# When all tasks have ended, join what they found:\n#   " + merge_command(sweep) + "\n";
  text += sbatch_options(sweep);
  text += fmt::format("cd {} || exit 2\n", shell_word(sweep.working_directory));
  text += fmt::format(
      "exec {} sweep {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" --out {} --resume --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\"\n",
      shell_word(sweep.program), shell_word(sweep.file), sweep.shards, shell_word(sweep.directory));
  return text;
}

std::string slurm_advice(const SlurmSweep& sweep) {
  return fmt::format("submit, also to go on:\n    {}\nwhen all {} tasks have ended:\n    {}\n", submit_command(sweep),
                     sweep.shards, merge_command(sweep));
}

void write_slurm_script(const SlurmSweep& sweep) {
  const std::string path = sweep.directory + "/sweep.sh";
  OutputFile(path).write(slurm_script(sweep));
  print(fmt::format("{}\n\n{}", path, slurm_advice(sweep)));
}

std::string running_program() { return fs::read_symlink("/proc/self/exe").string(); }

}  // namespace ernsim
