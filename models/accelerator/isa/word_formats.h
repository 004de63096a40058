#pragma once

#include <algorithm>
#include <array>
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

/// A row of a matrix in W, or a plane of a word of A: a bit of each of B channels, the lowest channel's first. In W 1
/// is the weight -1; in A the planes are bit 0 of every code, then bit 1.
inline std::uint64_t read_row(const std::uint8_t* row, std::size_t block) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, row, block / 8);
  return bits;
}
inline void write_row(std::uint64_t bits, std::size_t block, std::uint8_t* row) { std::memcpy(row, &bits, block / 8); }

/// The codes of a word of A, one byte each.
inline void read_codes(const std::uint8_t* word, std::size_t block, std::uint8_t* codes) {
  const std::uint64_t low = read_row(word, block), high = read_row(word + block / 8, block);
  for (std::size_t i = 0; i < block; ++i) codes[i] = static_cast<std::uint8_t>((low >> i & 1U) + 2 * (high >> i & 1U));
}
inline void write_codes(const std::uint8_t* codes, std::size_t block, std::uint8_t* word) {
  /// Bit 0 of each of eight bytes, the first byte's lowest.
  const auto low_bits = [](std::uint64_t bytes) {
    return static_cast<std::uint8_t>((bytes & 0x0101010101010101ULL) * 0x0102040810204080ULL >> 56);
  };
  for (std::size_t byte = 0; byte < block / 8; ++byte) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, codes + 8 * byte, sizeof eight);
    word[byte] = low_bits(eight);
    word[block / 8 + byte] = low_bits(eight >> 1);
  }
}

/// A channel of an entry of Q: 64 bits, three signed thresholds of 17 bits from bit 0, 17 and 34 on, and in bit 51 the
/// direction. A code is the number of thresholds that the sum passes.
struct ThresholdWord {
  static constexpr int bits = 17;
  static constexpr std::int32_t lowest = -(1 << (bits - 1)), highest = (1 << (bits - 1)) - 1;

  std::array<std::int32_t, 3> thresholds{};
  bool downward = false;  ///< counts sum <= threshold, not sum >= threshold
};
/// Thresholds beyond 17 bits become the nearest that there is; no sum of 16 bits can tell.
inline void write_thresholds(const ThresholdWord& channel, std::uint8_t* bytes) {
  std::uint64_t word = channel.downward ? std::uint64_t{1} << 3 * ThresholdWord::bits : 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto held =
        static_cast<std::uint64_t>(std::clamp(channel.thresholds[i], ThresholdWord::lowest, ThresholdWord::highest));
    word |= (held & ((std::uint64_t{1} << ThresholdWord::bits) - 1)) << i * ThresholdWord::bits;
  }
  std::memcpy(bytes, &word, sizeof word);
}
inline ThresholdWord read_thresholds(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  ThresholdWord channel;
  channel.downward = (word >> 3 * ThresholdWord::bits & 1U) != 0;
  for (unsigned i = 0; i < 3; ++i) {
    const unsigned above = 64 - ThresholdWord::bits;
    const auto moved = static_cast<std::int64_t>(word << (above - i * ThresholdWord::bits));
    channel.thresholds[i] = static_cast<std::int32_t>(moved >> above);
  }
  return channel;
}

}  // namespace ernsim
