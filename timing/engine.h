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
  /// `now_ps`: what next_ps() returned last, or 0.
  void evaluate(Picoseconds now_ps);

 private:
  /// The units of one clock.
  struct Domain {
    Clock clock;
    std::vector<Clocked*> units;
    Cycle soonest = never;  ///< the first cycle a unit asks for
  };

  void evaluate(Domain& domain, Cycle now) const;

  EngineKind kind_;
  std::deque<Domain> domains_;  ///< units hold references into it
};

}  // namespace ernsim
