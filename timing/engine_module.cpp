#include "timing/engine_module.h"

#include <algorithm>

#include "timing/annotation.h"

namespace ernsim {

EngineModule::EngineModule(sc_core::sc_module_name name, EngineKind kind) : sc_module(name), engine_(kind) {
  SC_THREAD(run);
}

void EngineModule::run() {
  Picoseconds now_ps = -1;
  while (!stopping_) {
    if (!horizon_known_) find_horizon();
    now_ps = std::max(now_ps, kernel_ps_ - 1);  // time may have passed while all units slept
    const Picoseconds next_ps = engine_.next_ps(now_ps);
    if (next_ps == never) {
      wait(poked_);
      horizon_known_ = false;
      continue;
    }
    // Another process due before (or at) next_ps goes first; it may change what is next.
    if (horizon_ps_ <= next_ps) {
      wait(delay_until(next_ps), poked_);
      horizon_known_ = false;
      if (kernel_now_ps() < next_ps) continue;
    }
    now_ps = next_ps;
    engine_.evaluate(now_ps, std::min(horizon_ps_, now_ps + longest_alone_ps));
    report_progress(now_ps);
  }
}

/// Looks up when another process is due. While this process runs without waiting, only units can change that.
void EngineModule::find_horizon() {
  kernel_ps_ = kernel_now_ps();
  const sc_core::sc_time pending = sc_core::sc_time_to_pending_activity();
  const bool none = pending >= sc_core::sc_max_time() - sc_core::sc_time_stamp();
  horizon_ps_ = none ? never : kernel_ps_ + static_cast<Picoseconds>(pending.value());
  horizon_known_ = true;
}

void EngineModule::report_progress(Picoseconds now_ps) {
  constexpr std::uint64_t interval = 4096;
  if (progress_ && ++evaluations_ % interval == 0) progress_(now_ps);
}

}  // namespace ernsim
