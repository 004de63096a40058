#pragma once

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/control/fault.h"

namespace ernsim {

/// What the operands of an instruction have to keep to, so that no unit leaves its memories, divides by zero or works
/// for ever: sizes are at least 1, numbers of bits and units are those there are, runs on chip do not overlap, and what
/// is read or written on chip is there. External addresses are the memory's to judge.
class InstructionBounds {
 public:
  explicit InstructionBounds(const AcceleratorConfig& config);

  /// Codes per colour of the pixel embedding, 0 to 32: how many words a pixel of an image takes.
  void embed(std::size_t codes_per_colour);
  /// What an instruction that could be decoded breaks; none if it may be executed.
  FaultCode check(const Instruction& instruction) const;

 private:
  FaultCode check_transfer(UnitId unit, const TransferOperands& o) const;
  FaultCode check_convolution(const ConvolutionOperands& o) const;
  FaultCode check_quantization(const QuantizationOperands& o) const;
  std::uint64_t words_per_run(UnitId unit, const TransferOperands& o) const;
  std::uint64_t words_of(MemoryId memory) const;
  bool inside(MemoryId memory, std::uint64_t begin, std::uint64_t length) const {
    return begin + length <= words_of(memory);
  }

  MemoryConfig memory_;
  ConvolutionConfig array_;
  std::uint64_t blocks_per_pixel_ = 0;
};

/// The on-chip memory that a load fills or the store empties.
MemoryId memory_of_transfer(UnitId unit, const TransferOperands& operands);

}  // namespace ernsim
