#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"
#include "timing/clock.h"
#include "workloads/graph.h"

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

struct ScheduleChoice {
  compiler::Schedule schedule;
  ScheduleSearch search;
};

/// The candidate (compiler/candidates.h) with the fewest cycles, of equals the first. Each is simulated in a process of
/// its own, `jobs` at a time; the choice does not depend on how many.
ScheduleChoice fastest_schedule(const workloads::Graph& graph, const PlatformConfig& platform, std::size_t jobs);

}  // namespace ernsim
