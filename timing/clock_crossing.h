#pragma once

#include "timing/clock.h"

namespace ernsim {

/// From one clock to another: what is registered at an edge of `from` is seen at the first edge of `to` at or after it,
/// and `stages` edges later, those of a synchroniser. 0 stages: clocks that know each other's phase.
struct ClockCrossing {
  Clock from;
  Clock to;
  Cycle stages = 0;

  Cycle seen(Cycle edge) const { return to.edge_at_or_after(from.time_ps(edge)) + stages; }
};

}  // namespace ernsim
