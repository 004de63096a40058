#include "models/accelerator/dma/sum_packing.h"

#include <cstring>

namespace ernsim {

namespace {

constexpr std::size_t group = 8;  ///< values, which take `bits` bytes

constexpr std::uint64_t lowest(unsigned bits) { return ~std::uint64_t{0} >> (64 - bits); }

/// Brings the lowest `bits` bits of four 16-bit fields together.
std::uint64_t pack_four(std::uint64_t fields, unsigned bits) {
  fields &= lowest(bits) * 0x0001000100010001;
  fields = (fields & 0x0000ffff0000ffff) | (fields & 0xffff0000ffff0000) >> (16 - bits);
  return (fields & 0x00000000ffffffff) | fields >> 32 << 2 * bits;
}

/// The inverse; the sign of each goes through to bit 15.
std::uint64_t unpack_four(std::uint64_t packed, unsigned bits) {
  packed = (packed & lowest(2 * bits)) | packed >> 2 * bits << 32;
  const std::uint64_t field = lowest(bits) * 0x0000000100000001;
  packed = (packed & field) | (packed & field << bits) << (16 - bits);
  const std::uint64_t negative = packed >> (bits - 1) & 0x0001000100010001;
  return packed | negative * (0xffff & 0xffff << bits);
}

}  // namespace

void pack_sums(const std::uint8_t* words, std::size_t count, unsigned bits, std::uint8_t* packed) {
  if (bits == 16) {
    std::memcpy(packed, words, 2 * count);
    return;
  }
  for (std::size_t left = count / group; left > 0; --left, words += 2 * group, packed += bits) {
    std::uint64_t fields[2];
    std::memcpy(fields, words, sizeof fields);
    const std::uint64_t low = pack_four(fields[0], bits), high = pack_four(fields[1], bits);
    const std::uint64_t made[2] = {low | high << 4 * bits, high >> (64 - 4 * bits)};
    // What is too long belongs to the next group, which comes later.
    std::memcpy(packed, made, left > 1 ? sizeof made : bits);
  }
}

void unpack_sums(const std::uint8_t* packed, std::size_t count, unsigned bits, std::uint8_t* words) {
  if (bits == 16) {
    std::memcpy(words, packed, 2 * count);
    return;
  }
  for (std::size_t left = count / group; left > 0; --left, packed += bits, words += 2 * group) {
    std::uint64_t held[2] = {};
    std::memcpy(held, packed, left > 1 ? sizeof held : bits);
    const std::uint64_t high = held[0] >> 4 * bits | held[1] << (64 - 4 * bits);
    const std::uint64_t fields[2] = {unpack_four(held[0] & lowest(4 * bits), bits),
                                     unpack_four(high & lowest(4 * bits), bits)};
    std::memcpy(words, fields, sizeof fields);
  }
}

}  // namespace ernsim
