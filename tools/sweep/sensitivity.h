#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/sweep/reading.h"

namespace ernsim::tools {

/// Something that differs between the points of a sweep, and the values it takes: numbers ascending, others by name.
struct ReadAxis {
  std::string name;  ///< "network", "stem", "input_size" or a parameter
  std::vector<std::string> values;
};

/// The axes with more than one value.
std::vector<ReadAxis> axes_of(const SweepReading& sweep);

/// The point's value on an axis; empty if it has none.
std::string value_on(const SweepReading::Point& point, const std::string& axis);

/// One figure over the simulated points that share one value of an axis.
struct Spread {
  std::size_t points = 0;
  double mean = 0, minimum = 0, maximum = 0;
};

/// The spread of a figure at each value of an axis, in the axis's order.
std::vector<Spread> spreads(const SweepReading& sweep, const ReadAxis& axis, std::size_t figure);

}  // namespace ernsim::tools
