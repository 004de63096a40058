#pragma once

#include <string>
#include <vector>

#include "tools/command_line.h"

namespace ernsim::tools {

/// The command that repeats a run, for a shell: what was given, without where results go and without --engine, which
/// changes none. `settings`: those of --set, and what other options come to.
std::string reproducing_command(const CommandLine& line, const std::vector<std::string>& settings);

}  // namespace ernsim::tools
