#pragma once

#include "models/accelerator/unit/unit_makers.h"
#include "models/platform/platform_config.h"
#include "tools/command_line.h"

namespace ernsim::tools {

/// --rtl UNITS, for every subcommand that may replace units by their RTL.
void add_rtl_option(boost::program_options::options_description& description);

/// The units named by --rtl; empty without it. Throws UserError if there is no such RTL, or no value is simulated.
UnitMakers rtl_replacements(const CommandLine& line, const PlatformConfig& platform);

}  // namespace ernsim::tools
