#pragma once

#include <algorithm>
#include <vector>

#include "timing/clock.h"

namespace ernsim {

/// A unit that lives on one clock and is advanced by an Engine.
///
/// Contract that makes the order of evaluation and the choice of engine irrelevant:
///  - advance(now) may be called at any cycle, in ascending order; at a cycle where nothing can change it changes
///  nothing;
///  - advance(now) returns the next cycle at which the unit can change without a new input (`never` if there is none);
///  - whatever a unit hands to another one takes effect at a strictly later edge of the receiver, and the receiver is
///    woken for that edge.
///
/// A unit that has its clock for itself may go through several cycles in one call of advance(now): see alone_until().
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

  /// Called by the engine at an edge of this unit's clock. No other unit is evaluated before cycle `alone_until`.
  void evaluate(Cycle now, Cycle alone_until) {
    alone_until_ = alone_until;
    gone_to(now);
    wake(advance(now));
  }
  void evaluate(Cycle now) { evaluate(now, now + 1); }

 protected:
  virtual Cycle advance(Cycle now) = 0;
  /// During advance(now): the unit may go on to later cycles before this one, and before all that it has handed out
  /// takes effect, as if it were called for each. It then says how far it has gone.
  Cycle alone_until() const { return alone_until_; }
  /// What it has asked for up to and including `now` is done.
  void gone_to(Cycle now) {
    while (!wakes_.empty() && wakes_.back() <= now) wakes_.pop_back();
    due_ = wakes_.empty() ? never : wakes_.back();
  }

 private:
  Clock clock_;
  std::vector<Cycle> wakes_{0};  ///< cycles asked for and not yet reached, the last one first
  Cycle due_ = 0;                ///< the first of them, `never` if there is none
  Cycle alone_until_ = 0;
  Cycle* soonest_ = nullptr;  ///< of all units of the clock, kept by the engine
};

}  // namespace ernsim
