#pragma once

#include <vector>

#include "traces/divergence.h"
#include "traces/reader.h"

namespace ernsim::traces {

/// A channel as runs of any length, whatever the lengths of the runs it was written in; remembers the last few beats.
class BeatStream {
 public:
  /// `shift_cycles` is added to every cycle.
  BeatStream(const Reader& reader, std::size_t channel, Cycle shift_cycles = 0)
      : cursor_(reader, channel),
        word_bytes_(reader.header().channels[channel].word_bytes),
        shift_cycles_(shift_cycles) {}

  /// The next run as it was written; count 0 at the end.
  Run next();
  /// The next `count` beats in one run; fewer at the end. A hashed run cannot be cut: it comes as it is.
  Run take(std::uint64_t count);
  /// A few beats more, for context.
  std::vector<Beat> peek(std::size_t count);

 private:
  bool refill();

  RunCursor cursor_;
  std::size_t word_bytes_;
  Cycle shift_cycles_;
  Run run_;               ///< being handed out
  std::size_t used_ = 0;  ///< beats of it
};

}  // namespace ernsim::traces
