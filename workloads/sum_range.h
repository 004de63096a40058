#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph.h"
#include "workloads/sign_counts.h"

namespace ernsim::workloads {

/// The smallest and the largest value that sums can have, whatever the picture; 0 is always among them.
struct SumRange {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

SumRange hull(const SumRange& a, const SumRange& b);
std::int64_t largest_magnitude(const SumRange& range);

/// Bits of the shortest two's complement number that holds every value of the range.
int bits_needed(const SumRange& range);

/// [node]: what a convolution's accumulators and an add's sums can reach with the network's own weights and any codes 0
/// to 3; zero for other nodes. A channel reaches 3 x (weights +1) and -3 x (weights -1), of those that an output pixel
/// sees inside the input; no part of its sum, in whatever order it is taken, leaves that. Sums of residuals reach the
/// sum of what their terms reach at the same pixel.
std::vector<SumRange> sum_ranges(const Graph& graph, const std::vector<SignCounts>& signs);

}  // namespace ernsim::workloads
