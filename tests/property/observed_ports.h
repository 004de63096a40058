#pragma once

#include <array>
#include <deque>
#include <string>

#include "models/accelerator/unit/port_observer.h"
#include "tests/property/digest.h"

namespace ernsim::test {

/// What passes the ports of a run: a digest of each, and how full the buffer in front of the pixel embedding is.
class ObservedPorts : public PortObserver {
 public:
  void beats(const PortBeats& beats) override;

  /// One line per port that had beats.
  std::string text() const;
  /// Most beats that had come and were not all on chip at the end of a burst.
  std::int64_t most_buffered_beats() const { return most_buffered_beats_; }

 private:
  struct Buffered {
    std::int64_t beats;
    Cycle until;  ///< the last word they complete is written
  };

  void buffer(std::int64_t beats, Cycle last_beat);

  std::array<Digest, traced_port_count> digests_;
  std::array<std::int64_t, traced_port_count> counts_{};
  std::deque<Buffered> buffered_;
  Cycle last_write_ = -1;  ///< of the burst whose beats are reported next
  std::int64_t most_buffered_beats_ = 0;
};

}  // namespace ernsim::test
