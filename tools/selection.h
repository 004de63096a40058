#pragma once

#include "simulation/job.h"
#include "tools/command_line.h"

namespace ernsim::tools {

/// The options that make a job, for every subcommand that simulates.
boost::program_options::options_description selection_options();

/// Reads, draws or imports everything. Throws UserError for options that contradict each other and whatever cannot be
/// used. `every_accumulator`: of every convolution by itself, so no shortcut may be fused; the last of `settings` says
/// so.
Job make_job(const CommandLine& line, bool every_accumulator = false);

/// Prints its notes on standard error, once nothing is left to refuse: what is refused is one line.
void say_notes(const CompiledJob& compiled);

/// Compiles it and says its notes, where no option is left to check.
CompiledJob compiled_with_notes(Job job);

}  // namespace ernsim::tools
