#pragma once

#include <cstddef>
#include <cstdint>

#include "models/accelerator/isa/instruction.h"

namespace ernsim {

/// Lossless packing of 16-bit sums: value i of a word takes bits [i * bits, (i + 1) * bits) of the packed word, two's
/// complement, least significant first. `count` values take count * bits / 8 bytes; count is a multiple of 8.
void pack_sums(const std::uint8_t* words, std::size_t count, unsigned bits, std::uint8_t* packed);

/// Bytes on chip of all runs, where a sum takes 16 bits.
inline std::int64_t on_chip_bytes(const TransferOperands& operands) {
  const std::int64_t runs = std::int64_t{operands.outer_count} * operands.inner_count;
  return runs * (std::int64_t{operands.run_bytes} * 16 / operands.sum_bits);
}

/// The inverse: sign-extends every value to 16 bits.
void unpack_sums(const std::uint8_t* packed, std::size_t count, unsigned bits, std::uint8_t* words);

}  // namespace ernsim
