#pragma once

#include <cstdint>
#include <limits>

namespace ernsim {

/// Counts rising edges of one clock; edge 0 is at time 0.
using Cycle = std::int64_t;
/// Simulated time. Every clock period is a whole number of picoseconds, so no rounding ever happens.
using Picoseconds = std::int64_t;

inline constexpr Cycle never = std::numeric_limits<Cycle>::max();

/// A clock with its first edge at time 0.
struct Clock {
  Picoseconds period_ps = 1000;

  Picoseconds time_ps(Cycle cycle) const { return cycle == never ? never : cycle * period_ps; }
  /// The first edge at or after `time_ps`: the crossing rule between clock domains.
  Cycle edge_at_or_after(Picoseconds time_ps) const {
    return time_ps == never ? never : (time_ps + period_ps - 1) / period_ps;
  }
};

}  // namespace ernsim
