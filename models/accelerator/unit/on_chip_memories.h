#pragma once

#include "models/accelerator/memory/memory_view.h"

namespace ernsim {

/// The on-chip memories; a unit gets those that it is bound to.
struct OnChipMemories {
  MemoryView activations, weights, thresholds, accumulators, residuals, results;
};

}  // namespace ernsim
