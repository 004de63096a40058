#pragma once

#include <nlohmann/json.hpp>

#include "report/run_diff.h"

namespace ernsim {

/// All of it: tools/README.md has the keys.
nlohmann::ordered_json diff_json(const RunDiff& diff);

}  // namespace ernsim
