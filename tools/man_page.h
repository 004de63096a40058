#pragma once

#include <string>

#include "tools/commands.h"

namespace ernsim::tools {

/// ernsim-SUBCOMMAND(1) for man, with every option. `date`: of the page, as 2026-01-31.
std::string man_page(const Command& command, const std::string& date);

/// ernsim(1): the subcommands, and what all of them have in common.
std::string main_man_page(const std::string& date);

}  // namespace ernsim::tools
