#pragma once

#include <string>

#include "simulation/run_report.h"

namespace ernsim {

/// The run for a reader: headline, layers, units and the five best classes.
std::string to_table(const RunReport& report);

}  // namespace ernsim
