#include "models/dma/store_engine.h"

namespace ernsim {

StoreEngine::StoreEngine(const UnitContext& context, const DmaConfig& config, std::int64_t port_width_bytes,
                         BurstPort& port)
    : TransferEngine(UnitId::store, InitiatorId::store, context, config, port_width_bytes, port) {}

void StoreEngine::prepare(const Instruction& instruction, const RunPosition& position, Burst& burst) {
  burst.write = true;
  const TransferOperands& operands = instruction.transfer;
  const MemoryView& memory = operands.from_results ? sums_ : codes_;
  if (context_.data)
    burst.data = memory.word(operands.memory_address + position.run * operands.memory_stride_words) +
                 position.offset_bytes;
}

Cycle StoreEngine::settle(const Instruction&, const Issued&, const Completion& completion) {
  return completion.timing.done;
}

}  // namespace ernsim
