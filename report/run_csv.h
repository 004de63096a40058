#pragma once

#include <string>

#include "simulation/run_report.h"

namespace ernsim {

/// The layer table as comma-separated values, one line per layer below a line of names.
std::string to_csv(const RunReport& report);

}  // namespace ernsim
