#pragma once

#include <systemc>

#include "timing/clock.h"

namespace ernsim {

/// Kernel time in picoseconds (the kernel's default resolution is 1 ps): sc_time_stamp(), without a call.
inline Picoseconds kernel_now_ps() {
  return static_cast<Picoseconds>(sc_core::sc_get_curr_simcontext()->time_stamp().value());
}

/// The delay that says "at `time_ps`", which is not before the kernel's now.
inline sc_core::sc_time delay_until(Picoseconds time_ps) {
  return sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(time_ps - kernel_now_ps()));
}

/// The time a delay annotation stands for.
inline Picoseconds time_of(const sc_core::sc_time& delay) {
  return kernel_now_ps() + static_cast<Picoseconds>(delay.value());
}

}  // namespace ernsim
