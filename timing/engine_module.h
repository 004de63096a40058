#pragma once

#include <functional>
#include <systemc>

#include "timing/engine.h"

namespace ernsim {

/// How far the units' time may run ahead of the kernel's, beside that it never passes a moment at which any other
/// SystemC process is due. Cycles do not depend on it. With a bound, what is outside the kernel (sc_start() of a time,
/// async_request_update()) gets its turn.
struct LookAhead {
  Picoseconds bound_ps = never;  ///< 0: not at all
};

/// The process that moves the clocked units through SystemC time. What units and processes see of each other is exact:
/// TLM calls made by units carry the difference of their time to the kernel's as their delay annotation.
class EngineModule : public sc_core::sc_module, private WakeListener {
 public:
  /// The kernel's time resolution must be 1 ps; throws std::logic_error otherwise.
  EngineModule(sc_core::sc_module_name name, EngineKind kind, LookAhead look_ahead = {});

  void add(Clocked& unit) { engine_.add(unit); }
  /// A unit notifies an event at `time_ps`, not before the kernel's now: a process may be due before the next unit.
  void notify(sc_core::sc_event& event, Picoseconds time_ps);
  /// A unit has called something that this engine does not advance, and that may have notified events of its own.
  void called_out();
  /// Ends the process: the units stand still from now on.
  void stop();
  /// Called now and then with the units' time.
  void on_progress(std::function<void(Picoseconds)> progress) { progress_ = std::move(progress); }

 private:
  SC_HAS_PROCESS(EngineModule);
  static constexpr Picoseconds progress_ps = 50'000'000;  ///< reported at least so often

  void run();
  void find_horizon();
  /// Somebody else has woken a unit.
  void woken() override { woken_.notify(sc_core::SC_ZERO_TIME); }

  Engine engine_;
  LookAhead look_ahead_;
  sc_core::sc_event woken_;
  std::function<void(Picoseconds)> progress_;
  bool stopping_ = false;
  bool horizon_known_ = false;  ///< nothing has changed the time of the next other process since it was looked up
  Picoseconds kernel_ps_ = 0;   ///< the kernel's time
  Picoseconds horizon_ps_ = 0;  ///< before this time no other process is due, and the bound is kept
};

}  // namespace ernsim
