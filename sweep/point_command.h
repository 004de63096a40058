#pragma once

#include <string>

#include "sweep/reading.h"

namespace ernsim {

/// The commands that repeat points by themselves, as runs with the same figures.
class PointCommands {
 public:
  explicit PointCommands(const SweepReading& sweep);

  std::string of(const SweepReading::Point& point) const;

 private:
  std::string options_;  ///< of all points
};

}  // namespace ernsim
