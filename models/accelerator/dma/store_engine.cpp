#include "models/accelerator/dma/store_engine.h"

#include "models/accelerator/dma/sum_packing.h"

namespace ernsim {

StoreEngine::StoreEngine(const UnitContext& context, const DmaConfig& config, const PortLink& link, BurstPort& port)
    : TransferEngine(UnitId::store, InitiatorId::store, context, config, link, port) {}

void StoreEngine::prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) {
  burst.write = true;
  const TransferOperands& operands = instruction.transfer;
  const MemoryView& memory = operands.from_results ? sums_ : codes_;
  if (!context_.data) return;
  std::uint8_t* words = memory.word(operands.memory_address + position.run * operands.memory_stride_words);
  const bool packed = operands.from_results && operands.sum_bits != 16;
  burst.data = (packed ? packed_run(operands, words, position) : words) + position.offset_bytes;
}

/// The run's bytes as they go to external memory, packed when its first burst is issued.
std::uint8_t* StoreEngine::packed_run(const TransferOperands& operands, const std::uint8_t* words,
                                      const RunPosition& position) {
  if (position.offset_bytes == 0) {
    packed_at_ = (packed_at_ + 1) % packed_.size();
    packed_[packed_at_].resize(operands.run_bytes);
    pack_sums(words, std::size_t{operands.run_bytes} * 8 / operands.sum_bits, operands.sum_bits,
              packed_[packed_at_].data());
  }
  return packed_[packed_at_].data();
}

Work StoreEngine::work_of(const Instruction& instruction) const {
  Work work;
  work.read_bytes = on_chip_bytes(instruction.transfer);
  return work;
}

}  // namespace ernsim
