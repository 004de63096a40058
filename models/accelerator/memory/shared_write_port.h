#pragma once

#include "timing/clock.h"
#include "timing/fifo.h"

namespace ernsim {

/// A memory's only write port, shared by a unit that writes on schedule and one that gives way to it.
///
/// Timing contract, in cycles, one word each: the first unit reserves [begin, end) when it starts; it is never delayed.
/// The second one's words go into the cycles that are left. It sees the reservations made before the cycle it asks in,
/// so the order in which the two are evaluated has no effect.
class SharedWritePort {
 public:
  void reserve(Cycle made, Cycle begin, Cycle end) { reserved_.push_back({made, begin, end}); }

  /// As it was made.
  void clear() { reserved_.clear(); }

  /// The cycle after the last of `words` words that could be written from `start` on; asked in cycle `now`. `start`
  /// never goes back.
  Cycle end_of(Cycle now, Cycle start, Cycle words);

 private:
  struct Interval {
    Cycle made, begin, end;
  };
  Fifo<Interval> reserved_;  ///< ascending, disjoint
};

}  // namespace ernsim
