#pragma once

#include <cstddef>
#include <cstdint>

namespace ernsim {

/// Lossless packing of 16-bit sums: value i of a word takes bits [i * bits, (i + 1) * bits) of the packed word, two's
/// complement, least significant first. `count` values take count * bits / 8 bytes; count is a multiple of 8.
void pack_sums(const std::uint8_t* words, std::size_t count, unsigned bits, std::uint8_t* packed);

/// The inverse: sign-extends every value to 16 bits.
void unpack_sums(const std::uint8_t* packed, std::size_t count, unsigned bits, std::uint8_t* words);

}  // namespace ernsim
