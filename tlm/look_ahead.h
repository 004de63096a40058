#pragma once

#include <tlm>

#include "timing/engine_module.h"

namespace ernsim {

/// How far a component runs ahead in a platform that is not the project's own: the global quantum, 1 us if there is
/// none.
inline LookAhead embedded_look_ahead() {
  const sc_core::sc_time quantum = tlm::tlm_global_quantum::instance().get();
  constexpr Picoseconds us = 1'000'000;
  return {quantum == sc_core::SC_ZERO_TIME ? us : static_cast<Picoseconds>(quantum.value())};
}

}  // namespace ernsim
