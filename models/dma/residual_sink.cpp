#include "models/dma/residual_sink.h"

#include "models/dma/sum_packing.h"

namespace ernsim {

void ResidualSink::write(const Instruction& instruction, const Burst& burst, const RunPosition& position) {
  const TransferOperands& operands = instruction.transfer;
  if (operands.sum_bits == 16) {
    pass_through_.write(instruction, burst, position);
    return;
  }
  run_.resize(operands.run_bytes);
  std::memcpy(run_.data() + position.offset_bytes, burst.data, burst.bytes);
  if (position.offset_bytes + burst.bytes < operands.run_bytes) return;
  const std::size_t word = operands.memory_address + std::size_t{position.run} * operands.memory_stride_words;
  unpack_sums(run_.data(), std::size_t{operands.run_bytes} * 8 / operands.sum_bits, operands.sum_bits,
              memory_.word(word));
}

}  // namespace ernsim
