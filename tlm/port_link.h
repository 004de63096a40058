#pragma once

#include <algorithm>
#include <cstdint>

#include "timing/clock_crossing.h"

namespace ernsim {

/// The read data channel of a port, as a unit behind the clock crossing sees it.
struct PortLink {
  std::uint32_t width_bytes = 16;
  ClockCrossing crossing;  ///< from the AXI clock to the unit's

  /// The unit's cycle in which it has the beat that passes the port in AXI cycle `beat`.
  Cycle seen(Cycle beat) const { return crossing.seen(beat + 1) - 1; }

  /// A burst's beats pass the port from AXI cycle `first` on, one a cycle. The earliest cycle in which steps may begin
  /// that follow each other without a gap and take `per_step` beats each, every one of them seen by then.
  Cycle first_step(Cycle first, std::uint32_t beats, std::uint32_t per_step) const {
    const auto demand = [&](std::uint32_t beat) { return seen(first + beat) - static_cast<Cycle>(beat / per_step); };
    // Steps that the port outruns wait for the first one's beats; those that outrun the port wait for the last one's.
    if (static_cast<Picoseconds>(per_step) * crossing.from.period_ps <= crossing.to.period_ps)
      return demand(std::min(per_step, beats) - 1);
    const std::uint32_t whole = beats / per_step * per_step;
    return std::max(demand(beats - 1), demand(std::max(whole, 1U) - 1));
  }
};

}  // namespace ernsim
