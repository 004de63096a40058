#pragma once

#include <cstddef>
#include <string>

namespace ernsim {

/// A sweep as a Slurm job array: what its script needs to know. Paths are absolute.
struct SlurmSweep {
  std::string program;            ///< ernsim
  std::string file;               ///< the sweep file
  std::string directory;          ///< of the results
  std::string working_directory;  ///< names in the sweep file count from there
  std::size_t shards = 1;         ///< tasks of the array
  std::size_t cpus = 1;           ///< of a task
};

/// Throws UserError if a path cannot be written into a job script.
void check(const SlurmSweep& sweep);

/// The job script for sbatch: one task per shard.
std::string slurm_script(const SlurmSweep& sweep);

/// How to submit the script and what to do when its tasks have ended.
std::string slurm_advice(const SlurmSweep& sweep);

/// Writes the script as DIR/sweep.sh and prints its path and the advice.
void write_slurm_script(const SlurmSweep& sweep);

/// The file of the running program.
std::string running_program();

}  // namespace ernsim
