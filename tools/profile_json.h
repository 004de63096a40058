#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tools/run_report.h"

namespace ernsim::tools {

/// The run's profile; it must have one.
nlohmann::ordered_json profile_json(const RunReport& report);

}  // namespace ernsim::tools
