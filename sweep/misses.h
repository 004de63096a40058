#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sweep/front.h"

namespace ernsim {

/// A bound that a point breaks.
struct SweepMiss {
  SweepConstraint constraint;
  double value = 0;     ///< of the figure
  double distance = 0;  ///< from the bound, as a share of it
};

/// The bound that the point breaks by most, as far as its figures are known; none if it breaks none of them.
std::optional<SweepMiss> miss_of(const SweepReading& sweep, const SweepReading::Point& point,
                                 const std::vector<SweepConstraint>& bounds);

/// The constraints, and what the device has if points must fit it.
std::vector<SweepConstraint> bounds_of(const SweepGoals& goals);

/// How many points something excludes.
struct SweepExclusion {
  std::string what;
  std::size_t points = 0;
};

/// What excludes how many points, each bound by itself; last the points that were not simulated for another reason.
std::vector<SweepExclusion> exclusions_of(const SweepReading& sweep, const SweepGoals& goals);

/// A point that keeps not all bounds.
struct SweepNearMiss {
  std::size_t place = 0;  ///< among the sweep's points
  SweepMiss miss;
};

/// The points that miss by least, by the bound that each breaks by most: first those that were simulated, a few of
/// either kind.
std::vector<SweepNearMiss> near_misses(const SweepReading& sweep, const SweepGoals& goals);

/// As words: "fps is 118.2, must be >= 120 (1.5 % off)".
std::string text_of(const SweepMiss& miss);

}  // namespace ernsim
