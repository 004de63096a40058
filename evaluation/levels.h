#pragma once

#include <array>

#include "evaluation/maps.h"
#include "models/accelerator/quantization/level_kernel.h"

namespace ernsim::evaluation {

/// The thresholds of an activation as pack_levels() takes them; channels that only fill a block never pass one.
class ActivationLevels {
 public:
  explicit ActivationLevels(const std::vector<workloads::ChannelThresholds>& channels);

  /// Codes of a pixel of a block.
  void pack(const std::int16_t* sums, std::size_t block, std::uint64_t* planes) const;

 private:
  std::vector<std::int16_t> flip_;
  std::array<std::vector<std::int16_t>, 3> level_, enabled_;
};

}  // namespace ernsim::evaluation
