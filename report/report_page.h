#pragma once

#include <string_view>

namespace ernsim {

/// The page of report/page/ with its scripts and styles, made when the program is built; empty if it could not be.
std::string_view report_page();

}  // namespace ernsim
