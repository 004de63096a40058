#pragma once

#include <string>

#include "simulation/run_report.h"

namespace ernsim {

/// The run as JSON text. The same run gives the same bytes; units are in the keys' names.
std::string to_json(const RunReport& report);

}  // namespace ernsim
