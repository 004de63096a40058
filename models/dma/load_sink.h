#pragma once

#include "models/control/statistics.h"
#include "models/dma/burst_walk.h"
#include "models/dma/sum_packing.h"
#include "timing/clock.h"

namespace ernsim {

/// Where a load engine's data goes: straight into an on-chip memory, or through the pixel embedding.
class LoadSink {
 public:
  virtual ~LoadSink() = default;
  /// Cycles the sink needs for a burst; the port's beats overlap with them.
  virtual Cycle cycles(const Instruction& instruction, const Burst& burst) const = 0;
  /// What an instruction's data takes on its way: bytes written on chip, and operations.
  virtual Work work(const TransferOperands& operands) const {
    Work work;
    work.write_bytes = on_chip_bytes(operands);
    return work;
  }
  /// Writes the burst's bytes to their place. Only called when data is on.
  virtual void write(const Instruction& instruction, const Burst& burst, const RunPosition& position) = 0;
};

}  // namespace ernsim
