#pragma once

#include <vector>

#include "models/dma/memory_sink.h"

namespace ernsim {

/// Writes residual sums to R, unpacking them from `sum_bits` each, at the port's own rate. A run is unpacked when its
/// last byte is there.
class ResidualSink : public LoadSink {
 public:
  void attach(MemoryView memory) {
    memory_ = memory;
    pass_through_.attach(memory);
  }

  Cycle cycles(const Instruction&, const Burst& burst) const override { return burst.beats; }
  void write(const Instruction& instruction, const Burst& burst, const RunPosition& position) override;

 private:
  MemoryView memory_;
  MemorySink pass_through_;
  std::vector<std::uint8_t> run_;  ///< packed bytes of the run under way
};

}  // namespace ernsim
