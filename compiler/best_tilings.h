#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>

#include "compiler/cost.h"

namespace ernsim::compiler {

/// A layer's tiling with the lowest estimate; infinite if none fits.
struct BestTiling {
  Tiling tiling;
  double cycles = std::numeric_limits<double>::infinity();
};

/// The best tilings by shape, so that layers of one shape, and platforms that differ in nothing that a layer asks for,
/// are cut once. For platforms that differ from each other in the sizes of memories, in cores and in what shortcuts are
/// fused.
class BestTilings {
 public:
  /// What comes back stays where it is.
  const BestTiling& of(const LayerShape& layer, const Placement& placement, const CostModel& model);

 private:
  static constexpr std::size_t of_shape = 23, of_place = 5, of_platform = 6;
  using Key = std::array<std::int64_t, 2 * of_shape + of_place + of_platform>;
  static Key key_of(const LayerShape& layer, const Placement& placement, const PlatformConfig& config);

  std::map<Key, BestTiling> known_;
};

}  // namespace ernsim::compiler
