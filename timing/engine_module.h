#pragma once

#include <functional>
#include <systemc>

#include "timing/engine.h"

namespace ernsim {

/// The process that moves the clocked units through SystemC time.
///
/// The units' own time may run ahead of the kernel's, but never past a moment at which any other SystemC process is
/// due, so what units and processes see of each other is exact. TLM calls made by units carry the difference as their
/// delay annotation.
class EngineModule : public sc_core::sc_module {
 public:
  EngineModule(sc_core::sc_module_name name, EngineKind kind);

  void add(Clocked& unit) { engine_.add(unit); }
  /// To be called after a SystemC process has handed something to a unit.
  void poke() { poked_.notify(sc_core::SC_ZERO_TIME); }
  /// To be called when a unit has notified a SystemC event: that process may be due before the next unit.
  void look_outside() {
    horizon_known_ = false;
    engine_.hold();
  }
  /// Ends the process: the units stand still from now on.
  void stop() {
    stopping_ = true;
    engine_.hold();
  }
  /// Called every `interval` evaluations with the units' time.
  void on_progress(std::function<void(Picoseconds)> progress) { progress_ = std::move(progress); }

 private:
  SC_HAS_PROCESS(EngineModule);
  static constexpr Picoseconds longest_alone_ps = 50'000'000;  ///< so that progress is seen of a unit that never sleeps
  void run();
  void find_horizon();
  void report_progress(Picoseconds now_ps);

  Engine engine_;
  sc_core::sc_event poked_;
  std::function<void(Picoseconds)> progress_;
  std::uint64_t evaluations_ = 0;
  bool stopping_ = false;
  bool horizon_known_ = false;  ///< nothing has changed the time of the next other process since it was looked up
  Picoseconds kernel_ps_ = 0;   ///< the kernel's time
  Picoseconds horizon_ps_ = 0;  ///< when another process is due
};

}  // namespace ernsim
