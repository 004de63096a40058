#include "evaluation/levels.h"

#include <algorithm>
#include <limits>

namespace ernsim::evaluation {

ActivationLevels::ActivationLevels(const std::vector<workloads::ChannelThresholds>& channels)
    : flip_(blocks_of(static_cast<int>(channels.size())) * block_channels) {
  constexpr std::int32_t low = std::numeric_limits<std::int16_t>::min();
  constexpr std::int32_t high = std::numeric_limits<std::int16_t>::max();
  for (std::size_t i = 0; i < 3; ++i) {
    level_[i].resize(flip_.size());
    enabled_[i].resize(flip_.size());
  }
  for (std::size_t c = 0; c < channels.size(); ++c) {
    const bool downward = channels[c].direction < 0;
    flip_[c] = downward ? std::int16_t{-1} : std::int16_t{0};
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int32_t level = downward ? ~channels[c].thresholds[i] : channels[c].thresholds[i];
      level_[i][c] = static_cast<std::int16_t>(std::clamp(level, low, high));
      enabled_[i][c] = level > high ? std::int16_t{0} : std::int16_t{-1};
    }
  }
}

void ActivationLevels::pack(const std::int16_t* sums, std::size_t block, std::uint64_t* planes) const {
  const std::size_t first = block * block_channels;
  const Levels levels{&flip_[first],
                      {&level_[0][first], &level_[1][first], &level_[2][first]},
                      {&enabled_[0][first], &enabled_[1][first], &enabled_[2][first]}};
  auto* bytes = reinterpret_cast<std::uint8_t*>(planes);
  pack_levels(sums, levels, block_channels, bytes, bytes + sizeof *planes);
}

}  // namespace ernsim::evaluation
