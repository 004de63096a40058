#pragma once

#include <string>
#include <vector>

#include "traces/compare.h"

namespace ernsim::traces {

/// Fills in what the hashes of layers say of the channels that both traces have. Nothing if one of the traces has no
/// hashes, or if the order of beats does not count.
void compare_layers(const Reader& golden, const Reader& candidate, const CompareOptions& options, Comparison& made);

}  // namespace ernsim::traces
