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

/// Compiles it and prints its notes on standard error.
CompiledJob compiled_with_notes(Job job);

}  // namespace ernsim::tools
