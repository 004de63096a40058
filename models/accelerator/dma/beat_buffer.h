#pragma once

#include <cstdint>

#include "timing/clock.h"
#include "timing/fifo.h"

namespace ernsim {

/// The FIFO between a port's read data channel and what takes the beats at its own pace. Room for all of a burst is
/// taken when the burst is issued and comes back when its last beat has been used, so the channel never waits.
class BeatBuffer {
 public:
  explicit BeatBuffer(std::int64_t depth_beats) : depth_beats_(depth_beats) {}

  /// When there is room for `beats` at `now` or later, as far as is known; `never`: bursts under way will tell. `now`
  /// never goes back.
  Cycle room_at(std::int64_t beats, Cycle now);
  /// As it was made.
  void clear() {
    taken_beats_ = 0;
    leaving_.clear();
  }
  /// A burst is issued; there is room for it.
  void take(std::int64_t beats) { taken_beats_ += beats; }
  /// The oldest burst that has not been told to leave does so at cycle `at`, which never goes back.
  void leave(std::int64_t beats, Cycle at) { leaving_.push_back({beats, at}); }

 private:
  struct Leaving {
    std::int64_t beats;
    Cycle at;
  };

  std::int64_t depth_beats_;
  std::int64_t taken_beats_ = 0;  ///< those in leaving_ included
  Fifo<Leaving> leaving_;         ///< ascending
};

}  // namespace ernsim
