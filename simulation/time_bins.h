#pragma once

#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// Counters over equal stretches of a time whose length is not known beforehand. The width of a bin doubles as often
/// as needed; at the end there are at most 256 bins, and more than 128 if there were that many cycles.
class TimeBins {
 public:
  static constexpr Cycle most = 256;

  explicit TimeBins(std::size_t counters);

  /// Adds one per cycle from `begin` to before `end`, both at least 0.
  void add_cycles(std::size_t counter, Cycle begin, Cycle end);
  void add_at(std::size_t counter, Cycle at, std::int64_t amount);
  /// Makes the bins reach up to `cycles`.
  void cover(Cycle cycles);

  Cycle width_cycles() const { return width_; }
  /// The counter's bins that begin before `cycles`.
  std::vector<std::int64_t> counts(std::size_t counter, Cycle cycles) const;

 private:
  std::vector<std::vector<std::int64_t>> counts_;  ///< [counter][bin]
  Cycle width_ = 1;
};

}  // namespace ernsim
