#pragma once

#include "models/dma/burst_walk.h"
#include "timing/clock.h"

namespace ernsim {

/// Where a load engine's data goes: straight into an on-chip memory, or through the pixel embedding.
class LoadSink {
 public:
  virtual ~LoadSink() = default;
  /// Cycles the sink needs for a burst; the port's beats overlap with them.
  virtual Cycle cycles(const Instruction& instruction, const Burst& burst) const = 0;
  /// Writes the burst's bytes to their place. Only called when data is on.
  virtual void write(const Instruction& instruction, const Burst& burst, const RunPosition& position) = 0;
};

}  // namespace ernsim
