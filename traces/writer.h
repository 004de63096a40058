#pragma once

#include <set>
#include <string>

#include "traces/chunk_writer.h"

namespace ernsim::traces {

/// What of a run goes into a trace.
struct Filter {
  std::set<std::string> units;                ///< names; empty: all
  std::set<std::uint16_t> layers;             ///< numbers; empty: all, and what belongs to no layer
  Cycle first_cycle = 0, last_cycle = never;  ///< both included, counted from the start of the simulation

  /// The layers and cycles in words; empty: all.
  std::string text() const;
};

/// Writes what the units report into a trace.
class Writer : public PortObserver {
 public:
  /// `header.channels` are all ports' (channels_of); the trace has those the filter wants.
  Writer(std::ostream& out, const Header& header, Filter filter = {});

  void beats(const PortBeats& beats) override;
  void finish() { chunks_.finish(); }

 private:
  Filter filter_;
  std::vector<int> channel_of_;  ///< [Port], -1: not wanted
  ChunkWriter chunks_;
};

}  // namespace ernsim::traces
