#pragma once

#include <string>

#include "tools/commands.h"

namespace ernsim::tools {

/// Paragraphs as lines of at most `width` columns.
std::string wrapped(const std::string& text, std::size_t width);

/// What `ernsim help SUBCOMMAND` prints.
std::string help_text(const Command& command);

/// What `ernsim help` prints: the list of subcommands.
std::string general_help();

}  // namespace ernsim::tools
