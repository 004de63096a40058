#include "compiler/layer_costs.h"

namespace ernsim::compiler {

const BestTiling& LayerCosts::best(const PlacedLayer& layer, const Placement& placement) {
  const LayerShape& shape = layer.shape;
  const auto [known, is_new] = known_.try_emplace(
      Key{layer.convolution, layer.shortcut, shape.emits_sums, shape.adds_residual, shape.residual_bits, shape.sum_bits,
          placement.stream_words(), placement.input.has_value(), placement.codes.has_value(),
          placement.shortcut_input.has_value(), placement.more_codes_stored});
  if (is_new) known->second = &tilings_.of(shape, placement, model_);
  return *known->second;
}

}  // namespace ernsim::compiler
