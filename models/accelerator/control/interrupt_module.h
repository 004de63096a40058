#pragma once

#include <systemc>

#include "timing/engine_module.h"
#include "timing/fifo.h"

namespace ernsim {

/// A level that clocked units change, whose time may be ahead of the kernel's, as a signal at the kernel's time.
class InterruptModule : public sc_core::sc_module {
 public:
  InterruptModule(sc_core::sc_module_name name, EngineModule& engine);

  sc_core::sc_out<bool> level_out;  ///< may be left unbound

  /// `at_ps` is not before that of the change before, nor before the kernel's now.
  void change(bool high, Picoseconds at_ps);

 private:
  SC_HAS_PROCESS(InterruptModule);
  struct Change {
    bool high;
    Picoseconds at_ps;
  };

  void before_end_of_elaboration() override;
  void drive();

  EngineModule& engine_;
  sc_core::sc_signal<bool> nobody_;
  sc_core::sc_event due_;
  Fifo<Change> changes_;
};

}  // namespace ernsim
