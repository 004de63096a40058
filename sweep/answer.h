#pragma once

#include <string>
#include <vector>

#include "sweep/front.h"

namespace ernsim {

/// The answer to a sweep's question in sentences, for the points of one group: which points are best for the objectives
/// and keep the constraints, what keeps better ones away, and the nearest misses where no point keeps them.
std::vector<std::string> answer_of(const SweepReading& group, const SweepGoals& goals);

}  // namespace ernsim
