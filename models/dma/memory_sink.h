#pragma once

#include <cstring>

#include "models/dma/load_sink.h"
#include "models/memory/memory_view.h"

namespace ernsim {

/// Writes bytes as they come to an on-chip memory, at the port's own rate.
class MemorySink : public LoadSink {
 public:
  void attach(MemoryView memory) { memory_ = memory; }

  Cycle cycles(const Instruction&, const Burst& burst) const override { return burst.beats; }
  void write(const Instruction& instruction, const Burst& burst, const RunPosition& position) override {
    const TransferOperands& operands = instruction.transfer;
    const std::size_t word = operands.memory_address + std::size_t{position.run} * operands.memory_stride_words;
    std::memcpy(memory_.word(word) + position.offset_bytes, burst.data, burst.bytes);
  }

 private:
  MemoryView memory_;
};

}  // namespace ernsim
