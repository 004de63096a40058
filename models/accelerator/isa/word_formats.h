#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/isa/instruction.h"

// What a word of each on-chip memory is, with both directions of its codec. Words are little-endian.

namespace ernsim {

/// Bytes of a word of each on-chip memory.
struct WordBytes {
  explicit WordBytes(const ConvolutionConfig& array)
      : block(static_cast<std::size_t>(array.block_channels)), lanes(static_cast<std::size_t>(array.lanes)) {}

  std::size_t codes() const { return block / 4; }
  std::size_t signs() const { return lanes * block / 8; }
  std::size_t thresholds() const { return block * 8; }
  std::size_t sums() const { return block * 2; }
  /// Not of external memory.
  std::size_t of(MemoryId memory) const {
    switch (memory) {
      case MemoryId::activations:
        return codes();
      case MemoryId::weights:
        return signs();
      case MemoryId::thresholds:
        return thresholds();
      default:
        return sums();
    }
  }

  std::size_t block, lanes;
};

}  // namespace ernsim
