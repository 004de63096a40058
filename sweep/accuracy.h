#pragma once

#include <string>

#include "sweep/points.h"

namespace ernsim {

/// What a point's network scores: what the sweep file gives, or what it was evaluated to. It does not depend on the
/// hardware, but for accumulators with fewer bits than the network's sums can need.
SweepAccuracy accuracy_of(const SweepDefinition& definition, const SweepPoint& point);

/// Points of one key have one accuracy: network, stem, input size, and bits of accumulators where sums may wrap.
std::string accuracy_key(const SweepDefinition& definition, const SweepPoint& point);

/// Bits of accumulators with which the point's network has the values that it has with the platform's: those of the
/// platform, but no more than its sums can need.
int bits_that_count(const SweepDefinition& definition, const SweepPoint& point);

}  // namespace ernsim
