#pragma once

#include <algorithm>
#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// A unit that lives on one clock and is advanced by an Engine.
///
/// Contract that makes the order of evaluation and the choice of engine irrelevant:
///  - advance(now) may be called at any cycle, in ascending order; at a cycle where nothing can change it changes nothing;
///  - advance(now) returns the next cycle at which the unit can change without a new input (`never` if there is none);
///  - whatever a unit hands to another one takes effect at a strictly later edge of the receiver, and the receiver is
///    woken for that edge.
class Clocked {
 public:
  explicit Clocked(Clock clock) : clock_(clock) {}
  Clocked(const Clocked&) = delete;
  Clocked& operator=(const Clocked&) = delete;
  virtual ~Clocked() = default;

  const Clock& clock() const { return clock_; }
  /// The first cycle asked for and not yet reached, `never` if there is none.
  Cycle due() const { return due_; }

  /// Asks to be advanced at cycle `at`, or earlier.
  void wake(Cycle at) {
    if (at == never) return;
    auto place = wakes_.end();
    while (place != wakes_.begin() && *(place - 1) < at) --place;
    if (place != wakes_.begin() && *(place - 1) == at) return;
    wakes_.insert(place, at);
    due_ = wakes_.back();
    if (soonest_ != nullptr) *soonest_ = std::min(*soonest_, at);
  }

  /// From now on `soonest` is lowered to every cycle this unit asks for.
  void report_to(Cycle& soonest) {
    soonest_ = &soonest;
    soonest = std::min(soonest, due_);
  }

  /// Called by the engine at an edge of this unit's clock.
  void evaluate(Cycle now) {
    while (!wakes_.empty() && wakes_.back() <= now) wakes_.pop_back();
    due_ = wakes_.empty() ? never : wakes_.back();
    wake(advance(now));
  }

 protected:
  virtual Cycle advance(Cycle now) = 0;

 private:
  Clock clock_;
  std::vector<Cycle> wakes_{0};  ///< cycles asked for and not yet reached, the last one first
  Cycle due_ = 0;                ///< the first of them, `never` if there is none
  Cycle* soonest_ = nullptr;     ///< of all units of the clock, kept by the engine
};

}  // namespace ernsim
