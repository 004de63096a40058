#include "compiler/tiling.h"

#include <fmt/format.h>

#include <algorithm>

namespace ernsim::compiler {

Extent input_extent(int first, int count, int field, int stride, int padding, int limit) {
  const int begin = first * stride - padding;
  const int end = (first + count - 1) * stride - padding + field;
  return {std::clamp(begin, 0, limit), std::clamp(end, 0, limit)};
}

int stored_codes(const LayerShape& layer, const Placement& placement) {
  return (layer.emits_codes && !placement.codes ? 1 : 0) + placement.more_codes_stored;
}

int code_stores(const LayerShape& layer, const Placement& placement) {
  const bool only_repeated = layer.emits_codes && !placement.codes && !layer.codes_read;
  return stored_codes(layer, placement) - (only_repeated ? 1 : 0) + layer.repeated_codes;
}

std::int64_t panes_per_block(const LayerShape& layer) {
  return std::int64_t{layer.panes_per_pass} * layer.in_blocks + (layer.shortcut ? panes_per_block(*layer.shortcut) : 0);
}

int input_span(int count, int field, int stride, int limit) { return std::min((count - 1) * stride + field, limit); }

namespace {

/// Array cycles that a load or convolution instruction should be worth: fewer would be all overhead, more would make
/// the array wait for a whole tile when a part would do.
constexpr int cycles_per_pass = 256;

std::int64_t input_words(const LayerShape& layer, int rows, int columns, int blocks) {
  return std::int64_t{input_span(rows, layer.field_rows(), layer.stride, layer.in_height)} *
         input_span(columns, layer.field_columns(), layer.stride, layer.in_width) * blocks;
}

/// Input blocks that must be in A together.
int fewest_blocks(const LayerShape& layer) { return layer.reads_image ? layer.in_blocks : 1; }

/// Output pixels a tile may have: F, R and S hold one such tile at least.
std::int64_t most_pixels(const LayerShape& layer, const MemoryConfig& memory) {
  std::int64_t pixels = memory.accumulators_words;
  if (layer.adds_residual) pixels = std::min(pixels, memory.residuals_words);
  if (layer.emits_sums) pixels = std::min(pixels, memory.results_words);
  return pixels;
}

/// Sizes in A of a tile; false if it does not fit.
bool fit_activations(const LayerShape& layer, const Placement& placement, Tiling& tiling) {
  const int rows = tiling.tile_rows, columns = tiling.tile_columns;
  const std::int64_t input = placement.input ? 0 : input_words(layer, rows, columns, tiling.in_blocks_per_load);
  const std::int64_t codes = stored_codes(layer, placement) > 0 ? std::int64_t{rows} * columns : 0;
  const std::int64_t shortcut = layer.shortcut && !placement.shortcut_input
                                    ? input_words(*layer.shortcut, rows, columns, layer.shortcut->in_blocks)
                                    : 0;
  const std::int64_t all = input + shortcut + codes;
  if (all > placement.stream_words()) return false;
  tiling.activation_slots = 2 * all <= placement.stream_words() ? 2 : 1;
  tiling.input_slot = static_cast<std::uint32_t>(input);
  tiling.shortcut_slot = static_cast<std::uint32_t>(shortcut);
  tiling.codes_slot = static_cast<std::uint32_t>(codes);
  return true;
}

/// Input blocks of one instruction: a quarter of W's panes at most, so that loads run ahead while the array works, and
/// no more than make it worth its overhead.
int blocks_per_pass(const LayerShape& layer, std::int64_t panes, int pixels, int most) {
  constexpr std::int64_t loads_in_flight = 4;
  const std::int64_t per_slot = panes / std::clamp<std::int64_t>(panes / layer.panes_per_pass, 1, loads_in_flight);
  const int worth = (cycles_per_pass - 1) / (pixels * layer.panes_per_pass) + 1;
  return static_cast<int>(
      std::clamp<std::int64_t>(std::min<std::int64_t>(per_slot / layer.panes_per_pass, worth), 1, most));
}

/// Weights loaded for every tile, kept for the layer, or kept for an output block that goes through all tiles.
void add_orders(const LayerShape& layer, const PlatformConfig& config, Tiling tiling, std::vector<Tiling>& found) {
  const std::int64_t block = config.accelerator.convolution.block_channels;
  const std::int64_t depth = config.accelerator.memory.weights_words;
  const std::int64_t panes = depth / block;
  const int pixels = tiling.tile_rows * tiling.tile_columns;
  tiling.in_blocks_per_pass = blocks_per_pass(layer, panes, pixels, tiling.in_blocks_per_load);
  if (layer.shortcut)
    tiling.shortcut_blocks_per_pass = blocks_per_pass(*layer.shortcut, panes, pixels, layer.shortcut->in_blocks);
  const std::int64_t block_words = block * panes_per_block(layer);
  found.push_back(tiling);
  if (tiling.tiles(layer) == 1) return;
  tiling.weights_stay = block_words * layer.out_blocks <= depth;
  if (tiling.weights_stay) found.push_back(tiling);
  tiling.blocks_outer = !tiling.weights_stay && tiling.in_blocks_per_load == layer.in_blocks && block_words <= depth;
  if (tiling.blocks_outer) found.push_back(tiling);
}

/// `size` cut into 1, 2, 3, ... even parts, each size once.
std::vector<int> even_parts(int size) {
  std::vector<int> parts;
  for (int count = 1; count <= size; ++count) {
    const int part = (size + count - 1) / count;
    if (parts.empty() || parts.back() != part) parts.push_back(part);
  }
  return parts;
}

}  // namespace

std::int64_t fewest_weight_words(const LayerShape& layer, std::int64_t block_channels) {
  const int panes = std::max(layer.panes_per_pass, layer.shortcut ? layer.shortcut->panes_per_pass : 0);
  return block_channels * panes;
}

std::int64_t fewest_activation_words(const LayerShape& layer) {
  const std::int64_t shortcut = layer.shortcut ? input_words(*layer.shortcut, 1, 1, layer.shortcut->in_blocks) : 0;
  return input_words(layer, 1, 1, fewest_blocks(layer)) + shortcut + (layer.emits_codes ? 1 : 0);
}

std::vector<Tiling> possible_tilings(const LayerShape& layer, const Placement& placement,
                                     const PlatformConfig& config) {
  std::vector<Tiling> found;
  if (fewest_weight_words(layer, config.accelerator.convolution.block_channels) >
      config.accelerator.memory.weights_words)
    return found;
  const std::int64_t pixels = most_pixels(layer, config.accelerator.memory);
  const std::vector<int> rows = even_parts(layer.out_height);
  for (int columns = layer.out_width; columns >= 1; columns = columns == 1 ? 0 : (columns + 1) / 2) {
    for (const int count : rows) {
      if (std::int64_t{count} * columns > pixels) continue;
      Tiling tiling;
      tiling.tile_rows = count;
      tiling.tile_columns = columns;
      for (int blocks = layer.in_blocks; blocks >= fewest_blocks(layer); blocks = blocks == 1 ? 0 : (blocks + 1) / 2) {
        tiling.in_blocks_per_load = blocks;
        if (fit_activations(layer, placement, tiling)) add_orders(layer, config, tiling, found);
        if (placement.input) break;
      }
    }
  }
  return found;
}

std::string Tiling::description(const LayerShape& layer, const Placement& placement) const {
  const char* weights = weights_stay || blocks_outer || tiles(layer) == 1 ? "weights once" : "weights per tile";
  const char* input = layer.reads_image ? "image" : placement.input ? "input in A" : "input loaded";
  if (!placement.input && tiles(layer) * layer.out_blocks > 1 && (in_blocks_per_load < layer.in_blocks || blocks_outer))
    input = "input loaded per block";
  const char* output = !layer.emits_codes ? "" : placement.codes ? "; codes stay in A" : "; codes stored";
  const std::string taps = layer.is_dilated() ? fmt::format("; {} taps apart", layer.taps_apart()) : "";
  const std::string repeated = layer.repeated_codes + layer.repeated_sums > 0 ? "; repeated on the way out" : "";
  const std::string shortcut = layer.shortcut ? fmt::format("; on {} in F", layer.shortcut->name) : "";
  return fmt::format("{} x {}x{}{}; {}; {}{}{}{}{}", tiles(layer), tile_rows, tile_columns,
                     blocks_outer ? " inside blocks" : "", weights, input, output, repeated, taps, shortcut);
}

}  // namespace ernsim::compiler
