#pragma once

#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// A schedule for a platform, compiled as if the platform were a little different.
struct Candidate {
  std::string as_if;  ///< "memory.weights_words=512"; empty: the platform as it is
  Schedule schedule;
};

/// Different schedules for one frame, all of which the platform can run: first the one that has the lowest estimate,
/// then those for a platform with less of something. A schedule for less takes as long on a platform with more memory,
/// so whoever takes the fastest of them is not slower with more than with the less that was tried. At most
/// `config.schedule.candidates`; and no more than come to `most_instructions`, but three in any case.
std::vector<Candidate> candidates(const workloads::Graph& graph, const PlatformConfig& config);

/// Instructions of all candidates together. Their simulation, timing only, takes a second on two cores for the largest
/// network, which has three candidates of 25,000; a tenth of it for small ones.
inline constexpr std::size_t most_instructions = 20'000;

}  // namespace ernsim::compiler
