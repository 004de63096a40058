#pragma once

#include <string>
#include <vector>

#include "tools/sweep/row.h"

namespace ernsim::tools {

/// Why no point keeps the constraints: how many points each constraint excludes, and the points that miss by least.
std::string misses_text(const SweepDefinition& definition, const std::vector<SweepRow>& rows);

}  // namespace ernsim::tools
