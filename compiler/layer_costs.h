#pragma once

#include <map>
#include <tuple>

#include "compiler/best_tilings.h"
#include "compiler/residency.h"

namespace ernsim::compiler {

/// The best tilings of one network's layers on one platform, as far as they were asked for. They depend on the layer,
/// on the words of A that are left for tiles, and on whether input, codes, those of further activations and shortcut's
/// input are in A as a whole; not on where, nor on the other layers.
class LayerCosts {
 public:
  LayerCosts(const PlatformConfig& config, BestTilings& tilings) : model_(config), tilings_(tilings) {}
  const BestTiling& best(const PlacedLayer& layer, const Placement& placement);

 private:
  using Key = std::tuple<int, int, bool, bool, int, int, std::int64_t, bool, bool, bool, int>;

  CostModel model_;
  BestTilings& tilings_;
  std::map<Key, const BestTiling*> known_;
};

}  // namespace ernsim::compiler
