#pragma once

#include <array>
#include <vector>

#include "models/accelerator/dma/transfer_engine.h"
#include "models/accelerator/memory/memory_view.h"

namespace ernsim {

/// DMA from the on-chip memories A (codes) and S (sums) to external memory. A burst's bytes are read when it is issued.
class StoreEngine : public TransferEngine {
 public:
  StoreEngine(const UnitContext& context, const DmaConfig& config, const PortLink& link, BurstPort& port);

  void attach(const OnChipMemories& memories) override {
    codes_ = memories.activations;
    sums_ = memories.results;
  }

 protected:
  void prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) override;
  Work work_of(const Instruction& instruction) const override;
  void place(const Instruction&, const Issued&, Completion& completion) override {
    completion.in_place = completion.timing.done;
  }

 private:
  std::uint8_t* packed_run(const TransferOperands& operands, const std::uint8_t* words, const RunPosition& position);

  /// Runs with a burst under way at most: max_outstanding and the one being issued.
  static constexpr std::size_t packed_runs = 17;

  MemoryView codes_;
  MemoryView sums_;
  std::array<std::vector<std::uint8_t>, packed_runs> packed_;
  std::size_t packed_at_ = 0;
};

}  // namespace ernsim
