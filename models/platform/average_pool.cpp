#include "models/platform/average_pool.h"

namespace ernsim {

std::vector<float> average_pool(const LogitMap& map, const std::vector<std::int16_t>& values) {
  const auto block_channels = static_cast<std::size_t>(map.block_channels);
  const auto width = static_cast<std::size_t>(map.width), height = static_cast<std::size_t>(map.height);
  const auto blocks = static_cast<std::size_t>(map.blocks());
  std::vector<float> logits(map.scale.size());
  for (std::size_t c = 0; c < logits.size(); ++c) {
    std::int64_t sum = 0;
    for (std::size_t y = 0; y < height; ++y)
      for (std::size_t x = 0; x < width; ++x)
        sum += values[((y * blocks + c / block_channels) * width + x) * block_channels + c % block_channels];
    logits[c] = static_cast<float>(map.scale[c] * static_cast<double>(sum) / static_cast<double>(width * height));
  }
  return logits;
}

}  // namespace ernsim
