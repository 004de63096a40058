#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::evaluation {

inline constexpr std::size_t block_channels = 64;

inline std::size_t blocks_of(int channels) {
  return (static_cast<std::size_t>(channels) + block_channels - 1) / block_channels;
}

/// Height, width and blocks of 64 channels of a tensor; channels that only fill the last block have code 0.
struct MapSize {
  MapSize() = default;
  explicit MapSize(const workloads::Shape& shape)
      : blocks(blocks_of(shape.channels)),
        height(static_cast<std::size_t>(shape.height)),
        width(static_cast<std::size_t>(shape.width)) {}

  std::size_t pixels() const { return height * width; }
  /// Of a pixel of a block, in pixels.
  std::size_t at(std::size_t block, std::size_t y, std::size_t x) const { return (block * height + y) * width + x; }

  std::size_t blocks = 0, height = 0, width = 0;
};

/// 2-bit codes: [block][row][column], bit 0 of 64 channels, then bit 1.
struct CodeMap {
  void resize(const MapSize& wanted) {
    size = wanted;
    planes.resize(2 * size.blocks * size.pixels());
  }
  std::uint64_t* word(std::size_t block, std::size_t y, std::size_t x) { return &planes[2 * size.at(block, y, x)]; }
  const std::uint64_t* word(std::size_t block, std::size_t y, std::size_t x) const {
    return &planes[2 * size.at(block, y, x)];
  }
  /// `pixel`: number in the order of rows.
  int value(std::size_t channel, std::size_t pixel) const {
    const auto* planes_of = &planes[2 * (channel / block_channels * size.pixels() + pixel)];
    const std::size_t bit = channel % block_channels;
    return static_cast<int>((planes_of[0] >> bit & 1U) + 2 * (planes_of[1] >> bit & 1U));
  }

  MapSize size;
  std::vector<std::uint64_t> planes;
};

/// Accumulators or residual sums: [block][row][column][64].
struct SumMap {
  void resize(const MapSize& wanted) {
    size = wanted;
    values.resize(block_channels * size.blocks * size.pixels());
  }
  std::int16_t* pixel(std::size_t block, std::size_t y, std::size_t x) {
    return &values[block_channels * size.at(block, y, x)];
  }
  const std::int16_t* pixel(std::size_t block, std::size_t y, std::size_t x) const {
    return &values[block_channels * size.at(block, y, x)];
  }
  /// `pixel`: number in the order of rows.
  int value(std::size_t channel, std::size_t pixel) const {
    return values[(channel / block_channels * size.pixels() + pixel) * block_channels + channel % block_channels];
  }

  MapSize size;
  std::vector<std::int16_t> values;
};

}  // namespace ernsim::evaluation
