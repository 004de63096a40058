#pragma once

#include <string>
#include <vector>

#include "traces/reader.h"

namespace ernsim::traces {

enum class Mode {
  values,  ///< the same addresses and data inside each run of the golden trace, in any order
  order,   ///< the same addresses and data one after the other
  cycles,  ///< also in the same cycles, give or take the slack
};

struct CompareOptions {
  Mode mode = Mode::cycles;
  Cycle slack_cycles = 0;
};

/// One beat of a channel as it is printed.
struct Beat {
  Cycle cycle = 0;
  std::uint32_t address = 0;
  std::vector<std::uint8_t> data;
};

/// Where a channel first differs. `cycle` is the golden trace's, or the candidate's if the golden one has ended.
struct Divergence {
  std::string channel;
  Cycle cycle = 0;
  std::string what;   ///< "data", "address", "cycle", "missing", "extra", "hash"
  std::string where;  ///< layer, block and tensor coordinates, empty if unknown
  std::string expected, found;
  std::vector<std::string> around;  ///< beats before and after in both traces
};

struct Comparison {
  std::vector<Divergence> divergences;  ///< at most one per channel, the first in time first
  std::vector<std::string> compared;    ///< channels
  std::vector<std::string> skipped;     ///< channels that one of the traces does not have, or that tell only about time
  std::uint64_t beats = 0;              ///< golden beats compared
};

/// Compares every channel that both traces have. Throws TraceError if their words have different widths.
Comparison compare(const Reader& golden, const Reader& candidate, const CompareOptions& options);

}  // namespace ernsim::traces
