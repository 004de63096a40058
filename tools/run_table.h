#pragma once

#include <string>

#include "tools/run_report.h"

namespace ernsim::tools {

/// The run for a reader: headline, layers, units and the five best classes.
std::string to_table(const RunReport& report);

}  // namespace ernsim::tools
