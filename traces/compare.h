#pragma once

#include <string>
#include <vector>

#include "traces/divergence.h"
#include "traces/reader.h"

namespace ernsim::traces {

enum class Mode {
  values,  ///< the same addresses and data, in any order
  order,   ///< the same addresses and data one after the other
  cycles,  ///< also in the same cycles, give or take the slack
};

struct CompareOptions {
  Mode mode = Mode::cycles;
  Cycle slack_cycles = 0;
  bool align =
      false;  ///< the candidate's cycles are moved so that its first beat comes with the golden trace's first one
};

struct Comparison {
  std::vector<Divergence> divergences;  ///< at most one per channel, the first in time first
  std::vector<std::string> compared;    ///< channels
  std::vector<std::string> skipped;     ///< channels that one of the traces does not have, or that tell only about time
  std::uint64_t beats = 0;              ///< golden beats compared
  Cycle shift_cycles = 0;               ///< added to the candidate's cycles
  std::size_t layers = 0;               ///< whose hashes were compared
  std::vector<std::string> different_layers;  ///< names of those that differ, in the order of the schedule
};

/// Compares every channel that both traces have. Throws TraceError if their words have different widths.
Comparison compare(const Reader& golden, const Reader& candidate, const CompareOptions& options);

}  // namespace ernsim::traces
