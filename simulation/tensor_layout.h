#pragma once

#include <cstddef>
#include <cstdint>

namespace ernsim {

/// The 2-bit code of `channel` in a word of A: bit 0 of all B channels, then bit 1 of all B channels, channel i at bit
/// i, bytes little endian.
inline std::uint8_t code_in_word(const std::uint8_t* word, std::size_t block_channels, std::size_t channel) {
  const auto plane_bit = [&](const std::uint8_t* plane) { return (plane[channel / 8] >> (channel % 8)) & 1; };
  return static_cast<std::uint8_t>(plane_bit(word) | plane_bit(word + block_channels / 8) << 1);
}

/// Bytes of such a word.
inline std::size_t word_bytes(std::size_t block_channels) { return block_channels / 4; }

/// Index of an element in external memory's layout [height][blocks][width][channel in block].
struct BlockedLayout {
  std::size_t block_channels = 64;
  std::size_t channels = 0;
  std::size_t width = 0;

  std::size_t blocks() const { return (channels + block_channels - 1) / block_channels; }
  /// Index of the pixel's group of B channels that holds `channel`.
  std::size_t group(std::size_t channel, std::size_t y, std::size_t x) const {
    return (y * blocks() + channel / block_channels) * width + x;
  }
};

}  // namespace ernsim
