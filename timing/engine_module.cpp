#include "timing/engine_module.h"

#include <algorithm>
#include <stdexcept>

#include "timing/annotation.h"

namespace ernsim {

EngineModule::EngineModule(sc_core::sc_module_name name, EngineKind kind, LookAhead look_ahead)
    : sc_module(name), engine_(kind), look_ahead_(look_ahead) {
  if (sc_core::sc_get_time_resolution() != sc_core::sc_time(1, sc_core::SC_PS))
    throw std::logic_error("the SystemC time resolution must be 1 ps");
  engine_.report_to(this);
  SC_THREAD(run);
}

void EngineModule::run() {
  Picoseconds now_ps = -1;
  while (!stopping_) {
    if (!horizon_known_) find_horizon();
    now_ps = std::max(now_ps, kernel_ps_ - 1);  // time may have passed while all units slept
    const Picoseconds next_ps = engine_.next_ps(now_ps);
    if (next_ps == never) {
      wait(woken_);
      horizon_known_ = false;
      continue;
    }
    // Another process due before (or at) next_ps goes first; it may change what is next.
    if (horizon_ps_ <= next_ps) {
      wait(delay_until(next_ps), woken_);
      horizon_known_ = false;
      if (kernel_now_ps() < next_ps) continue;
    }
    // One evaluation is due; further ones while no other process is.
    now_ps = engine_.run(now_ps, std::max(std::min(horizon_ps_, next_ps + progress_ps), next_ps + 1));
    if (progress_) progress_(now_ps);
  }
}

/// Looks up when another process is due. While this process runs without waiting, only units can change that.
void EngineModule::find_horizon() {
  kernel_ps_ = kernel_now_ps();
  const sc_core::sc_time pending = sc_core::sc_time_to_pending_activity();
  const bool none = pending >= sc_core::sc_max_time() - sc_core::sc_time_stamp();
  horizon_ps_ = none ? never : kernel_ps_ + static_cast<Picoseconds>(pending.value());
  if (look_ahead_.bound_ps != never) horizon_ps_ = std::min(horizon_ps_, kernel_ps_ + look_ahead_.bound_ps);
  horizon_known_ = true;
}

void EngineModule::notify(sc_core::sc_event& event, Picoseconds time_ps) {
  event.notify(delay_until(time_ps));
  called_out();
}

void EngineModule::called_out() {
  horizon_known_ = false;
  engine_.pause();
}

void EngineModule::stop() {
  stopping_ = true;
  engine_.pause();
}

}  // namespace ernsim
