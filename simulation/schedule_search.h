#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// A schedule that was simulated, timing only.
struct TimedCandidate {
  std::string as_if;  ///< what the platform was taken for when it was compiled; empty: for what it is
  Cycle cycles = 0;   ///< of a frame
};

struct ScheduleSearch {
  std::vector<TimedCandidate> tried;  ///< empty if there was nothing to choose from
  std::size_t taken = 0;              ///< of those
};

}  // namespace ernsim
