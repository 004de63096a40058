#pragma once

#include <string>
#include <vector>

#include "tools/command_line.h"

namespace ernsim::tools {

/// What `ernsim sweep` is asked without a file: networks, what must hold, what is best.
boost::program_options::options_description question_options();
/// Those that a sweep file says itself.
extern const std::vector<const char*> question_option_names;

/// Whether a question stands in the place of a file.
bool asks(const CommandLine& line);
/// The sweep file that asks what the options ask.
std::string question_text(const CommandLine& line);
/// --init. Throws UserError if the file is there, or what the options say cannot be used.
void write_template(const CommandLine& line);

}  // namespace ernsim::tools
