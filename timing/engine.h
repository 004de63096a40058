#pragma once

#include <memory>
#include <vector>

#include "timing/clocked.h"

namespace ernsim {

enum class EngineKind {
  step,  ///< every unit at every edge of its clock: slow and obviously right
  leap,  ///< straight to the next edge at which a unit is due
};

/// Advances units through time. Plain C++: run(), or a loop over next_ps() and evaluate(), is a simulation.
class Engine {
 public:
  explicit Engine(EngineKind kind) : kind_(kind) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Units are evaluated by clock, and in the order they are added; by the contract of Clocked the order has no effect.
  /// At most Calendar::unit_limit units per clock; throws std::length_error beyond.
  void add(Clocked& unit);
  /// Who is told when a unit is woken outside run(); null: nobody.
  void report_to(WakeListener* listener);

  /// The next time after `now_ps` at which evaluate() must be called, `never` if all units sleep.
  Picoseconds next_ps(Picoseconds now_ps) const;
  /// `now_ps`: what next_ps() returned last, or 0.
  void evaluate(Picoseconds now_ps);
  /// The same again and again, while the next time is before `limit_ps` and nobody has called pause(). `now_ps`: of
  /// the last evaluation; returns that of the last one made.
  Picoseconds run(Picoseconds now_ps, Picoseconds limit_ps);
  /// Ends run() after the evaluation under way.
  void pause() { paused_ = true; }

 private:
  /// The units of one clock.
  struct Domain {
    explicit Domain(Clock its_clock) : clock(its_clock) {}
    Picoseconds next_ps() const { return clock.time_ps(calendar.next()); }
    std::uint32_t all() const { return static_cast<std::uint32_t>((std::uint64_t{1} << units.size()) - 1); }

    Clock clock;
    std::vector<Clocked*> units;
    Calendar calendar;
  };

  struct Turn {
    Domain* domain = nullptr;
    Picoseconds at_ps = never;
    Picoseconds others_ps = never;
  };

  Turn next_turn() const;
  void leap(Picoseconds& now_ps, Picoseconds limit_ps);
  static void evaluate(const Domain& domain, std::uint32_t due, Cycle now, Cycle alone_until);
  void listen(WakeListener* listener);

  EngineKind kind_;
  bool paused_ = false;
  WakeListener* listener_ = nullptr;
  std::vector<std::unique_ptr<Domain>> domains_;  ///< units hold references to their calendars
};

}  // namespace ernsim
