#pragma once

#include <nlohmann/json_fwd.hpp>

#include "simulation/run_report.h"

namespace ernsim {

/// The run's profile; it must have one.
nlohmann::ordered_json profile_json(const RunReport& report);

}  // namespace ernsim
