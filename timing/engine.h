#pragma once

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

  /// Units are evaluated in the order they are added; by the contract of Clocked the order has no effect.
  void add(Clocked& unit) { units_.push_back(&unit); }

  /// The next time after `now_ps` at which evaluate() must be called, `never` if all units sleep.
  Picoseconds next_ps(Picoseconds now_ps) const;
  void evaluate(Picoseconds now_ps);

 private:
  EngineKind kind_;
  std::vector<Clocked*> units_;
};

}  // namespace ernsim
