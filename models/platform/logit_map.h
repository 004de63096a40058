#pragma once

#include <cstdint>
#include <vector>

namespace ernsim {

/// Where the last convolution's accumulators lie in external memory: [height][block][width][B] 16-bit values.
struct LogitMap {
  std::uint32_t address = 0;
  int height = 0;
  int width = 0;
  int block_channels = 64;
  std::vector<double> scale;  ///< [class]

  int blocks() const { return (static_cast<int>(scale.size()) + block_channels - 1) / block_channels; }
  /// Values of the map, padding channels included.
  std::size_t values() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
           static_cast<std::size_t>(blocks() * block_channels);
  }
};

}  // namespace ernsim
