#pragma once

#include <cstddef>
#include <vector>

#include "sweep/outcome.h"
#include "sweep/points.h"

namespace ernsim {

/// Numbers of points that differ only in what the compiler does not see: what is compiled and placed is the same.
using SweepBatch = std::vector<std::size_t>;

/// The points in batches, in the order of their first points. A batch takes `most_simulations` simulations at most, so
/// that there is work for every process, and little is lost if one ends.
std::vector<SweepBatch> batches_of(const SweepDefinition& definition, const std::vector<std::size_t>& points);

inline constexpr std::size_t most_simulations = 8;

/// Compiles for all points of a batch and simulates those that are wanted, timing only, once for those that differ only
/// in what a simulation does not see. This process is used up: SystemC elaborates only once.
std::vector<PointOutcome> simulate(const SweepDefinition& definition, const SweepBatch& batch);

}  // namespace ernsim
