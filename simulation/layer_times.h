#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// Which layer the array is at, and when: times one after the other, without gaps.
class LayerTimes {
 public:
  /// From where the time before ended.
  void add(std::size_t layer, Cycle begin, Cycle end) {
    if (!times_.empty() && times_.back().layer == layer)
      times_.back().end = end;
    else if (begin < end)
      times_.push_back({layer, begin, end});
  }

  /// Calls visit(layer, part) for the parts of a time that is counted in units of 1 / `units_per_cycle` cycles. What
  /// lies before the first time or behind the last is theirs.
  template <class Visitor>
  void share(std::int64_t begin, std::int64_t end, std::int64_t units_per_cycle, Visitor&& visit) const {
    const auto ends_later = [units_per_cycle](std::int64_t at, const Time& time) {
      return at < time.end * units_per_cycle;
    };
    if (times_.empty()) return;
    auto time = std::upper_bound(times_.begin(), times_.end(), begin, ends_later);
    if (time == times_.end()) --time;
    for (; begin < end; ++time) {
      const bool last = time + 1 == times_.end();
      const std::int64_t until = last ? end : std::min(end, time->end * units_per_cycle);
      visit(time->layer, until - begin);
      begin = until;
    }
  }

 private:
  struct Time {
    std::size_t layer;
    Cycle begin;
    Cycle end;
  };
  std::vector<Time> times_;
};

}  // namespace ernsim
