#pragma once

#include "compiler/layer_plan.h"
#include "compiler/residency.h"

namespace ernsim::compiler {

/// The layers in execution order, their shapes, and where their activations are.
struct Arrangement {
  std::vector<LayerPlan> plans;
  std::vector<PlacedLayer> layers;    ///< [plan]
  std::vector<Placement> placements;  ///< [plan]
  std::vector<Tiling> tilings;        ///< [plan], those with the lowest estimates
  double cycles = 0;                  ///< estimate
};

/// Blocks of B channels that hold `channels`.
int blocks_of(int channels, std::int64_t block_channels);

/// The layers of `graph`. Each shortcut is fused if `schedule.fuse_shortcuts` says so, or leaves it to the estimate and
/// that becomes lower.
Arrangement arrange(const workloads::Graph& graph, const PlatformConfig& config);

class BestTilings;

/// The same with the graph's layers and what is known of the tilings of such a platform.
Arrangement arrange(const workloads::Graph& graph, const std::vector<LayerPlan>& plans, const PlatformConfig& config,
                    BestTilings& tilings);

}  // namespace ernsim::compiler
