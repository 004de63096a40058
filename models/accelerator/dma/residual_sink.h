#pragma once

#include <vector>

#include "models/accelerator/dma/memory_sink.h"

namespace ernsim {

/// Writes residual sums to R, unpacking them from `sum_bits` each, a word's a cycle or, if that is more, a beat's. A
/// word is unpacked when the last byte of its packed sums is there.
class ResidualSink : public LoadSink {
 public:
  void attach(MemoryView memory) {
    memory_ = memory;
    pass_through_.attach(memory);
  }

  std::uint32_t step_bytes(const TransferOperands& operands) const override { return packed_bytes(operands); }
  Cycle cycles(const LoadedBurst& loaded) const override { return loaded.beat_steps(); }
  void write(const LoadedBurst& loaded) override;
  void list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const override;
  const MemoryView& memory() const override { return memory_; }

 private:
  /// Bytes that a word's sums take in external memory.
  std::uint32_t packed_bytes(const TransferOperands& operands) const {
    return static_cast<std::uint32_t>(memory_.word_bytes) * operands.sum_bits / 16;
  }

  MemoryView memory_;
  MemorySink pass_through_;
  std::vector<std::uint8_t> run_;  ///< packed bytes of the run under way
};

}  // namespace ernsim
