#pragma once

#include <string_view>

namespace ernsim::tools {

/// The page of tools/report/ with its scripts and styles, made when the program is built; empty if it could not be.
std::string_view report_page();

}  // namespace ernsim::tools
