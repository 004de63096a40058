#pragma once

#include "timing/calendar.h"

namespace ernsim {

/// A unit that lives on one clock and is advanced by an Engine.
///
/// Contract that makes the order of evaluation and the choice of engine irrelevant:
///  - advance(now) may be called at any cycle, in ascending order; at a cycle where nothing can change it changes
///  nothing;
///  - advance(now) returns the next cycle at which the unit can change without a new input (`never` if there is none);
///  - whatever a unit hands to another one takes effect at a strictly later edge of the receiver, and the receiver is
///    woken for that edge.
class Clocked {
 public:
  explicit Clocked(Clock clock) : clock_(clock) { wake(0); }
  Clocked(const Clocked&) = delete;
  Clocked& operator=(const Clocked&) = delete;
  virtual ~Clocked() = default;

  const Clock& clock() const { return clock_; }
  /// The first cycle asked for and not yet reached, `never` if there is none.
  Cycle due() const { return calendar_->next_of(number_); }

  /// The first cycle that wake() takes. Who is no process of the kernel may find it ahead of the kernel's time, by the
  /// look-ahead at most.
  Cycle soonest() const { return calendar_->first(); }

  /// Asks to be advanced at cycle `at`, or earlier; anybody may, at any time. Throws std::logic_error if the unit's
  /// engine is past that cycle.
  void wake(Cycle at) {
    if (at != never) calendar_->add(number_, at);
  }
  /// From now on what this unit asks for goes into `calendar`, as unit `number`.
  void enter(Calendar& calendar, unsigned number) {
    const Cycle first = due();
    calendar_ = &calendar;
    number_ = number;
    wake(first);
  }

  /// Called by the engine at an edge of this unit's clock. No other unit is evaluated, and none is handed anything by
  /// others, before cycle `alone_until`.
  void evaluate(Cycle now, Cycle alone_until) {
    alone_until_ = alone_until;
    wake(advance(now));
  }
  /// The same by hand, without an engine.
  void evaluate(Cycle now) {
    calendar_->forget(now);
    evaluate(now, now + 1);
  }

 protected:
  virtual Cycle advance(Cycle now) = 0;
  /// A unit may go on to its next cycle by itself while that is before this one and before all it has handed out.
  Cycle alone_until() const { return alone_until_; }
  /// It has done so up to and including `now`.
  void passed(Cycle now) { calendar_->forget(now); }

 private:
  Clock clock_;
  Cycle alone_until_ = 0;
  Calendar own_calendar_;  ///< until it enters that of an engine
  Calendar* calendar_ = &own_calendar_;
  unsigned number_ = 0;
};

}  // namespace ernsim
