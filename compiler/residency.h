#pragma once

#include <vector>

#include "compiler/tiling.h"

namespace ernsim::compiler {

/// A layer, and who makes its input.
struct PlacedLayer {
  LayerShape shape;
  int convolution = -1;        ///< graph node
  int shortcut = -1;           ///< graph node of the shortcut it accumulates on
  int producer = -1;           ///< layer whose codes it reads, -1: the image
  int shortcut_producer = -1;  ///< the same for the shortcut it accumulates on
  bool fused = false;          ///< a shortcut: works with the next layer
  bool again = false;          ///< a further activation: works with the layer before

  /// Whether it is cut to the memories itself.
  bool has_tiling() const { return !fused && !again; }
};

struct ActivationPlan {
  std::vector<Placement> placements;  ///< [layer]
  std::vector<Tiling> tilings;        ///< [layer]
  double cycles = 0;                  ///< estimate of all layers; infinite if one does not fit
};

class LayerCosts;

/// Decides which activations stay in A from the layer that makes them to the last one that reads them, instead of going
/// through external memory. Tensors are taken in order of production; each is kept where, and if, the estimated cycles
/// of the layers it lives through become fewer.
ActivationPlan place_activations(const std::vector<PlacedLayer>& layers, const PlatformConfig& config,
                                 LayerCosts& costs);

}  // namespace ernsim::compiler
