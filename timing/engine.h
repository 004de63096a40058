#pragma once

#include <deque>
#include <vector>

#include "timing/clocked.h"

namespace ernsim {

enum class EngineKind {
  step,  ///< every unit at every edge of its clock: slow and obviously right
  leap,  ///< straight to the next edge at which a unit is due
};

/// Advances units through time. Plain C++: a loop over next_ps() and evaluate() is a simulation.
class Engine {
 public:
  explicit Engine(EngineKind kind) : kind_(kind) {}

  /// Units are evaluated by clock, and in the order they are added; by the contract of Clocked the order has no effect.
  void add(Clocked& unit);

  /// The next time after `now_ps` at which evaluate() must be called, `never` if all units sleep.
  Picoseconds next_ps(Picoseconds now_ps) const;
  /// `now_ps`: what next_ps() returned last, or 0. With the leaping engine a unit that is alone on its clock may go on
  /// by itself until another unit is due or `limit_ps` is reached.
  void evaluate(Picoseconds now_ps, Picoseconds limit_ps = 0);
  /// Until the end of the evaluation under way no unit goes on by itself: `limit_ps` does not hold any more.
  void hold() { limit_ps_ = 0; }

 private:
  /// The units of one clock.
  struct Domain {
    Clock clock;
    std::vector<Clocked*> units;
    Cycle soonest = never;  ///< the first cycle a unit asks for
  };

  void evaluate(Domain& domain, Cycle now, Cycle alone_until) const;
  Cycle alone_until(const Domain& domain) const;

  EngineKind kind_;
  Picoseconds limit_ps_ = 0;    ///< when something outside may be due, in the evaluation under way
  std::deque<Domain> domains_;  ///< units hold references into it
};

}  // namespace ernsim
