#pragma once

#include <systemc>

#include "models/accelerator/control/interrupt_module.h"
#include "models/accelerator/control/register_target_module.h"
#include "timing/engine_module.h"
#include "tlm/burst_initiator.h"

namespace ernsim {

/// Who is told that frames start and end.
class FrameListener {
 public:
  virtual ~FrameListener() = default;
  /// `base_address`: what is added to every address in external memory from now on.
  virtual void frame_started(Cycle now, std::uint64_t base_address) = 0;
  virtual void frame_finished(Cycle now) = 0;
  /// After an error or a reset: every unit has stopped and no burst is under way.
  virtual void stood_still(Cycle now) = 0;
};

/// Controller: registers behind a TLM target socket, instruction fetch through an initiator socket, interrupt and
/// reset.
class ControlModule : public sc_core::sc_module, private ControlListener {
 public:
  ControlModule(sc_core::sc_module_name name, EngineModule& engine, const AcceleratorConfig& config,
                SemaphoreBank& bank, PayloadPool& pool, FrameListener& frames);

  BurstInitiator bursts_out;
  sc_core::sc_in<bool> reset_in;  ///< may be left unbound

  Control& control() { return control_; }
  auto& registers_in() { return registers_.socket; }
  sc_core::sc_out<bool>& interrupt_out() { return interrupt_.level_out; }

 private:
  SC_HAS_PROCESS(ControlModule);
  void before_end_of_elaboration() override;
  void see_reset();
  void frame_started(Cycle now, std::uint64_t base_address) override { frames_.frame_started(now, base_address); }
  void frame_finished(Cycle now) override { frames_.frame_finished(now); }
  void interrupt_changed(bool high, Cycle now) override;
  void stood_still(Cycle now) override { frames_.stood_still(now); }

  FrameListener& frames_;
  sc_core::sc_signal<bool> no_reset_;
  Control control_;
  RegisterTargetModule registers_;
  InterruptModule interrupt_;
};

}  // namespace ernsim
