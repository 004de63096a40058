#pragma once

#include <string>

#include "tools/command_line.h"

namespace ernsim::tools {

/// The text as a word of a POSIX shell.
std::string shell_word(const std::string& text);

/// The command that repeats a run, for a shell: what was given, without where results go.
std::string reproducing_command(const CommandLine& line);

}  // namespace ernsim::tools
