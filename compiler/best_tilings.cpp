#include "compiler/best_tilings.h"

#include <algorithm>

namespace ernsim::compiler {

namespace {

/// All but its name.
template <std::size_t N>
std::array<std::int64_t, N> fields_of(const LayerShape& s) {
  return {s.kernel,
          s.stride,
          s.dilation_down,
          s.dilation_across,
          s.padding_above,
          s.padding_left,
          s.in_height,
          s.in_width,
          s.in_blocks,
          s.out_height,
          s.out_width,
          s.out_blocks,
          s.panes_per_pass,
          s.pane_bytes,
          std::int64_t{s.emits_codes} + 2 * std::int64_t{s.emits_sums} + 4 * std::int64_t{s.adds_residual} +
              8 * std::int64_t{s.codes_read} + 16 * std::int64_t{s.sums_read},
          s.repeated_codes,
          s.repeated_sums,
          s.repeated_bits,
          s.residual_bits,
          s.sum_bits,
          s.reads_image,
          s.more_codes,
          s.shortcut != nullptr};
}

}  // namespace

BestTilings::Key BestTilings::key_of(const LayerShape& layer, const Placement& placement,
                                     const PlatformConfig& config) {
  Key key{};
  const auto own = fields_of<of_shape>(layer);
  auto at = std::copy(own.begin(), own.end(), key.begin());
  if (layer.shortcut) {
    const auto shortcut = fields_of<of_shape>(*layer.shortcut);
    std::copy(shortcut.begin(), shortcut.end(), at);
  }
  at += of_shape;
  const MemoryConfig& memory = config.accelerator.memory;
  const std::array<std::int64_t, of_place + of_platform> rest{placement.stream_words(),
                                                              placement.input.has_value(),
                                                              placement.codes.has_value(),
                                                              placement.shortcut_input.has_value(),
                                                              placement.more_codes_stored,
                                                              memory.weights_words,
                                                              memory.activations_banks,
                                                              memory.accumulators_words,
                                                              layer.adds_residual ? memory.residuals_words : 0,
                                                              layer.emits_sums ? memory.results_words : 0,
                                                              config.accelerator.convolution.cores};
  std::copy(rest.begin(), rest.end(), at);
  return key;
}

const BestTiling& BestTilings::of(const LayerShape& layer, const Placement& placement, const CostModel& model) {
  const auto [known, is_new] = known_.try_emplace(key_of(layer, placement, model.platform()));
  BestTiling& best = known->second;
  if (!is_new) return best;
  for (const Tiling& tiling : possible_tilings(layer, placement, model.platform())) {
    if (model.at_least(layer, tiling) > best.cycles) continue;
    const double cycles = model.estimate(layer, tiling, placement).total();
    if (cycles < best.cycles) best = {tiling, cycles};
  }
  return best;
}

}  // namespace ernsim::compiler
