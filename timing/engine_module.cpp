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
    now_ps = std::max(now_ps, kernel_now_ps() - 1);  // time may have passed while all units slept
    const Picoseconds next_ps = engine_.next_ps(now_ps);
    if (next_ps == never) {
      wait(poked_);
      continue;
    }
    // Another process due before (or at) next_ps goes first; it may change what is next.
    const sc_core::sc_time delay = delay_until(next_ps);
    if (sc_core::sc_time_to_pending_activity() <= delay) {
      wait(delay, poked_);
      if (kernel_now_ps() < next_ps) continue;
    }
    now_ps = next_ps;
    engine_.evaluate(now_ps);
    report_progress(now_ps);
  }
}

void EngineModule::report_progress(Picoseconds now_ps) {
  constexpr std::uint64_t interval = 4096;
  if (progress_ && ++evaluations_ % interval == 0) progress_(now_ps);
}

}  // namespace ernsim
