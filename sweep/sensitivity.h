#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sweep/reading.h"

namespace ernsim {

/// Something that differs between the points of a sweep, and the values it takes: numbers ascending, others by name.
struct ReadAxis {
  std::string name;  ///< "network", "stem", "input_size" or a parameter
  std::vector<std::string> values;
};

/// The axes with more than one value.
std::vector<ReadAxis> axes_of(const SweepReading& sweep);

/// The point's value on an axis; empty if it has none.
std::string value_on(const SweepReading::Point& point, const std::string& axis);

/// What a figure does when one axis goes from one value to another and nothing else changes.
struct AxisStep {
  std::string from, to;
  std::size_t pairs = 0;             ///< pairs of points that differ in that axis alone, of which both have the figure
  std::size_t rises = 0, falls = 0;  ///< of them
  double mean_change = 0, minimum_change = 0, maximum_change = 0;  ///< to - from; 0 without pairs
  /// The same as a share of the figure at `from`; none without pairs, or if it is 0 in one of them.
  std::optional<double> mean_share = {}, minimum_share = {}, maximum_share = {};
};

/// The points of a sweep beside those that differ from them in one axis alone.
class AxisSlices {
 public:
  AxisSlices(const SweepReading& sweep, const ReadAxis& axis);

  /// From each value of the axis to the next.
  std::vector<AxisStep> steps(std::size_t figure) const;
  /// From the first value to the last.
  AxisStep whole(std::size_t figure) const;

 private:
  AxisStep step(std::size_t from, std::size_t to, std::size_t figure) const;

  const SweepReading& sweep_;
  const ReadAxis& axis_;
  /// For each choice of the other axes the point at each value of this one; null where there is none.
  std::vector<std::vector<const SweepReading::Point*>> slices_;
};

}  // namespace ernsim
