#include "compiler/fit.h"

#include <fmt/format.h>

#include "compiler/compile.h"

namespace ernsim::compiler {

namespace {

/// Calls words(layer) for each layer that the hardware is given; `memory` has `present`.
template <class Words>
void require(const std::vector<PlacedLayer>& layers, const char* memory, std::int64_t present, Words&& words) {
  const LayerShape* most = nullptr;
  std::int64_t needed = present;
  for (const PlacedLayer& layer : layers) {
    if (!layer.has_tiling()) continue;  // counted with the layer that it works with
    const std::int64_t here = words(layer.shape);
    if (here <= needed) continue;
    needed = here;
    most = &layer.shape;
  }
  if (most == nullptr) return;
  throw CompileError(fmt::format("layer {} does not fit: memory.{} needs at least {} and has {}", most->name, memory,
                                 needed, present));
}

}  // namespace

void require_fit(const std::vector<PlacedLayer>& layers, const PlatformConfig& config) {
  const MemoryConfig& memory = config.accelerator.memory;
  const std::int64_t block = config.accelerator.convolution.block_channels;
  require(layers, "weights_words", memory.weights_words,
          [block](const LayerShape& layer) { return fewest_weight_words(layer, block); });
  require(layers, "activations_words", memory.activations_words, fewest_activation_words);
}

}  // namespace ernsim::compiler
