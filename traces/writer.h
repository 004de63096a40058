#pragma once

#include <deque>
#include <future>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "traces/chunk.h"
#include "traces/header.h"
#include "traces/run_codec.h"

namespace ernsim::traces {

/// What of a run goes into a trace.
struct Filter {
  std::set<std::string> units;                ///< names; empty: all
  std::set<std::uint16_t> layers;             ///< numbers; empty: all, and what belongs to no layer
  Cycle first_cycle = 0, last_cycle = never;  ///< both included, counted from the start of the simulation

  /// The layers and cycles in words; empty: all.
  std::string text() const;
};

/// Writes beats as they come. Holds one chunk per channel, and some that are being compressed, never more.
class Writer : public PortObserver {
 public:
  /// `header.channels` are all ports' (channels_of); the trace has those the filter wants. Throws
  /// std::ios_base::failure if `out` does.
  Writer(std::ostream& out, Header header, Filter filter = {});

  void beats(const PortBeats& beats) override;
  /// Writes what is left and the end. Without it a reader takes the trace for a truncated one.
  void finish();

 private:
  struct Stream {
    RunEncoder runs;
    ChunkHead head;
  };
  struct Compressed {
    ChunkHead head;
    std::vector<std::uint8_t> bytes;
  };

  void add(Stream& stream, const PortBeats& beats, bool whole);
  void flush(Stream& stream);
  void write_oldest();

  std::ostream& out_;
  Header header_;
  Filter filter_;
  std::vector<Stream> streams_;  ///< [channel]
  std::vector<int> stream_of_;   ///< [Port], -1: not wanted
  std::deque<std::future<Compressed>> compressing_;
  std::uint64_t chunks_ = 0;
};

}  // namespace ernsim::traces
