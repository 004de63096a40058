#include "models/accelerator/control/control_module.h"

#include <algorithm>

#include "timing/annotation.h"

namespace ernsim {

ControlModule::ControlModule(sc_core::sc_module_name name, EngineModule& engine, const AcceleratorConfig& config,
                             SemaphoreBank& bank, PayloadPool& pool, FrameListener& frames)
    : sc_module(name),
      bursts_out("bursts_out", config.clock(), pool,
                 [this](const Burst& burst, const BurstTiming& timing) { control_.completed(burst, timing); }),
      reset_in("reset_in"),
      frames_(frames),
      no_reset_("no_reset"),
      control_(config, bank, bursts_out, *this),
      registers_("registers", control_),
      interrupt_("interrupt", engine) {
  engine.add(control_);
  SC_METHOD(see_reset);
  sensitive << reset_in;
  dont_initialize();
}

void ControlModule::before_end_of_elaboration() {
  if (reset_in.bind_count() == 0) reset_in.bind(no_reset_);
}

void ControlModule::see_reset() {
  const Cycle seen = std::max(control_.clock().edge_at_or_after(kernel_now_ps() + 1), control_.soonest());
  control_.drive_reset(reset_in.read(), seen);
}

void ControlModule::interrupt_changed(bool high, Cycle now) { interrupt_.change(high, control_.clock().time_ps(now)); }

}  // namespace ernsim
