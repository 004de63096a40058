#include "models/accelerator/control/interrupt_module.h"

#include "timing/annotation.h"

namespace ernsim {

InterruptModule::InterruptModule(sc_core::sc_module_name name, EngineModule& engine)
    : sc_module(name), level_out("level_out"), engine_(engine), nobody_("nobody") {
  SC_METHOD(drive);
  sensitive << due_;
  dont_initialize();
}

void InterruptModule::before_end_of_elaboration() {
  if (level_out.bind_count() == 0) level_out.bind(nobody_);
}

void InterruptModule::change(bool high, Picoseconds at_ps) {
  changes_.push_back({high, at_ps});
  if (changes_.size() == 1) engine_.notify(due_, at_ps);
}

void InterruptModule::drive() {
  for (; !changes_.empty() && changes_.front().at_ps <= kernel_now_ps(); changes_.pop_front())
    level_out.write(changes_.front().high);
  if (!changes_.empty()) due_.notify(delay_until(changes_.front().at_ps));
}

}  // namespace ernsim
