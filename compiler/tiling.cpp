#include "compiler/tiling.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/compile.h"

namespace ernsim::compiler {

Extent input_extent(int first, int count, int kernel, int stride, int padding, int limit) {
  const int begin = first * stride - padding;
  const int end = (first + count - 1) * stride - padding + kernel;
  return {std::clamp(begin, 0, limit), std::clamp(end, 0, limit)};
}

namespace {

/// Most input rows (or columns) any tile of `count` outputs reads.
int input_span(int count, int kernel, int stride, int limit) {
  return std::min((count - 1) * stride + kernel, limit);
}

std::int64_t input_words(const LayerShape& layer, int rows, int columns, int blocks) {
  return std::int64_t{input_span(rows, layer.kernel, layer.stride, layer.in_height)} *
         input_span(columns, layer.kernel, layer.stride, layer.in_width) * blocks;
}

/// Input blocks that must be in A together.
int fewest_blocks(const LayerShape& layer) { return layer.reads_image ? layer.in_blocks : 1; }

/// Output pixels a tile may have so that F, R and S hold `slots` of them.
std::int64_t most_pixels(const LayerShape& layer, const MemoryConfig& memory, int slots) {
  std::int64_t pixels = memory.accumulators_words / slots;
  if (layer.adds_residual) pixels = std::min(pixels, memory.residuals_words / slots);
  if (layer.emits_sums) pixels = std::min(pixels, memory.results_words / slots);
  return pixels;
}

struct Shape {
  int rows = 0, columns = 0;
};

/// The largest tile, full width if possible, that respects the limits; rows == 0 if there is none.
Shape largest_tile(const LayerShape& layer, const MemoryConfig& memory, int slots, int blocks) {
  const std::int64_t pixels = most_pixels(layer, memory, slots);
  for (int columns = layer.out_width; columns >= 1; columns = columns == 1 ? 0 : (columns + 1) / 2) {
    for (int rows = layer.out_height; rows >= 1; --rows) {
      const std::int64_t tile = std::int64_t{rows} * columns;
      if (tile > pixels) continue;
      const std::int64_t codes = layer.emits_codes ? tile : 0;
      if (slots * (input_words(layer, rows, columns, blocks) + codes) <= memory.activations_words)
        return {rows, columns};
    }
  }
  return {};
}

[[noreturn]] void refuse(const LayerShape& layer, const char* memory, std::int64_t needs, std::int64_t has) {
  throw CompileError(fmt::format("layer {} does not fit: memory.{} needs at least {} and has {}", layer.name, memory,
                                 needs, has));
}

void check_minimum(const LayerShape& layer, const PlatformConfig& config) {
  const MemoryConfig& memory = config.accelerator.memory;
  const std::int64_t input = input_words(layer, 1, 1, fewest_blocks(layer)) + (layer.emits_codes ? 1 : 0);
  if (input > memory.activations_words) refuse(layer, "activations_words", input, memory.activations_words);
  const std::int64_t weights = config.accelerator.convolution.block_channels * layer.panes_per_pass;
  if (weights > memory.weights_words) refuse(layer, "weights_words", weights, memory.weights_words);
}

/// The tile size: double-buffered with all input blocks, then single, then with fewer input blocks.
void choose_tile(const LayerShape& layer, const MemoryConfig& memory, Tiling& tiling) {
  for (int blocks = layer.in_blocks; blocks >= fewest_blocks(layer); blocks = blocks == 1 ? 0 : (blocks + 1) / 2) {
    for (const int slots : {2, 1}) {
      const Shape shape = largest_tile(layer, memory, slots, blocks);
      if (shape.rows == 0) continue;
      tiling.tile_rows = shape.rows;
      tiling.tile_columns = shape.columns;
      tiling.in_blocks_per_load = blocks;
      return;
    }
  }
  refuse(layer, "activations_words", input_words(layer, 1, 1, fewest_blocks(layer)) + 1, memory.activations_words);
}

/// Even tiles instead of large ones and a small rest.
void even_out(const LayerShape& layer, Tiling& tiling) {
  const int down = tiling.tiles_down(layer), across = tiling.tiles_across(layer);
  tiling.tile_rows = (layer.out_height + down - 1) / down;
  tiling.tile_columns = (layer.out_width + across - 1) / across;
}

/// Bytes moved by either loop order, and the cheaper of the two.
void choose_order(const LayerShape& layer, const PlatformConfig& config, Tiling& tiling) {
  const std::int64_t block = config.accelerator.convolution.block_channels;
  const std::int64_t panes = std::int64_t{layer.panes_per_pass} * layer.in_blocks;
  const std::int64_t tiles = std::int64_t{tiling.tiles_down(layer)} * tiling.tiles_across(layer);
  const std::int64_t weights = panes * layer.out_blocks * layer.pane_bytes;
  const std::int64_t input = std::int64_t{layer.in_height} * layer.in_width * layer.in_blocks * block / 4;
  tiling.weights_stay = panes * layer.out_blocks * block <= config.accelerator.memory.weights_words;
  if (tiles == 1 || tiling.weights_stay || tiling.in_blocks_per_load < layer.in_blocks) return;
  const bool block_weights_stay = panes * block <= config.accelerator.memory.weights_words;
  tiling.blocks_outer = block_weights_stay && input * layer.out_blocks + weights < input + weights * tiles;
}

}  // namespace

Tiling choose_tiling(const LayerShape& layer, const PlatformConfig& config) {
  check_minimum(layer, config);
  const MemoryConfig& memory = config.accelerator.memory;
  const std::int64_t block = config.accelerator.convolution.block_channels;
  Tiling tiling;
  choose_tile(layer, memory, tiling);
  even_out(layer, tiling);
  tiling.input_slot = static_cast<std::uint32_t>(
      input_words(layer, tiling.tile_rows, tiling.tile_columns, tiling.in_blocks_per_load));
  tiling.codes_slot =
      layer.emits_codes ? static_cast<std::uint32_t>(tiling.tile_rows * tiling.tile_columns) : 0;
  const std::int64_t panes = memory.weights_words / block;
  const std::int64_t per_slot = panes >= 2 * layer.panes_per_pass ? panes / 2 : panes;
  tiling.in_blocks_per_pass =
      static_cast<int>(std::clamp<std::int64_t>(per_slot / layer.panes_per_pass, 1, tiling.in_blocks_per_load));
  choose_order(layer, config, tiling);
  return tiling;
}

std::string Tiling::description(const LayerShape& layer) const {
  const int tiles = tiles_down(layer) * tiles_across(layer);
  const char* weights = weights_stay ? "weights stay" : blocks_outer ? "weights once" : "weights per tile";
  return fmt::format("{} x {}x{} {}; {}", tiles, tile_rows, tile_columns, blocks_outer ? "inside blocks" : "outside blocks",
                     tiles == 1 && !weights_stay ? "weights once" : weights);
}

}  // namespace ernsim::compiler
