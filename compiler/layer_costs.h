#pragma once

#include <limits>
#include <map>
#include <tuple>

#include "compiler/residency.h"

namespace ernsim::compiler {

/// A layer's tiling with the lowest estimate; infinite if none fits.
struct BestTiling {
  Tiling tiling;
  double cycles = std::numeric_limits<double>::infinity();
};

/// The best tilings of layers, as far as they were asked for. They depend on the layer, on the words of A that are left
/// for tiles, and on whether input, codes, those of further activations and shortcut's input are in A as a whole; not
/// on where, nor on the other layers.
class LayerCosts {
 public:
  explicit LayerCosts(const PlatformConfig& config) : config_(config) {}
  const BestTiling& best(const PlacedLayer& layer, const Placement& placement);

 private:
  using Key = std::tuple<int, int, bool, bool, int, int, std::int64_t, bool, bool, bool, int>;

  const PlatformConfig& config_;
  std::map<Key, BestTiling> known_;
};

}  // namespace ernsim::compiler
