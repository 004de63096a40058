#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/platform/platform_config.h"

namespace ernsim::compiler {

/// What the tiling of a layer depends on. Blocks are groups of B channels.
struct LayerShape {
  std::string name;
  int kernel = 1;
  int stride = 1;
  int dilation_down = 1, dilation_across = 1;
  int padding_above = 0, padding_left = 0;  ///< what lies below and right only makes the output larger
  int in_height = 0, in_width = 0, in_blocks = 1;
  int out_height = 0, out_width = 0, out_blocks = 1;
  int panes_per_pass = 1;       ///< weight panes of one input block and one output block
  std::int64_t pane_bytes = 0;  ///< in external memory
  bool emits_codes = false, emits_sums = false, adds_residual = false;
  bool codes_read = true, sums_read = true;    ///< as they are: stored, unless they stay on chip
  int repeated_codes = 0, repeated_sums = 0;   ///< how often each is stored for maps that are upsampled
  int residual_bits = 16, sum_bits = 16;       ///< of one sum in external memory
  int repeated_bits = 16;                      ///< the same of one that is stored repeatedly
  bool reads_image = false;                    ///< through the pixel embedding, which writes all input blocks at once
  int more_codes = 0;                          ///< further activations, that make codes of the same sums
  std::shared_ptr<const LayerShape> shortcut;  ///< convolution on whose accumulators this one adds up; null if none

  bool is_dilated() const { return dilation_down * dilation_across > 1; }
  int field_rows() const { return (kernel - 1) * dilation_down + 1; }
  int field_columns() const { return (kernel - 1) * dilation_across + 1; }
  /// Convolution instructions of one pass: a dilated kernel goes tap by tap.
  int taps_apart() const { return is_dilated() ? kernel * kernel : 1; }
  std::int64_t code_words() const { return std::int64_t{out_height} * out_width * out_blocks; }
};

/// Where a layer's activations are in A. A tensor that stays there is laid out as in external memory: row, block,
/// column.
struct Placement {
  std::uint32_t stream_begin = 0, stream_end = 0;  ///< for tiles that pass through, in words
  std::optional<std::uint32_t> input;              ///< first word of an input that is in A as a whole
  std::optional<std::uint32_t> codes;              ///< first word of an output that stays in A as a whole
  std::optional<std::uint32_t> shortcut_input;     ///< first word of the shortcut's input, if it is in A as a whole
  int more_codes_stored = 0;                       ///< codes of further activations that do not stay in A

  std::int64_t stream_words() const { return std::int64_t{stream_end} - stream_begin; }
};

/// How a layer is cut to the memories. Sizes in words of the memory they speak of.
struct Tiling {
  int tile_rows = 1, tile_columns = 1;  ///< of the output
  int in_blocks_per_load = 1;       ///< in A together; fewer than all means that they are loaded anew per output block
  int in_blocks_per_pass = 1;       ///< per load and convolution instruction
  std::uint32_t input_slot = 0;     ///< words of A one input tile needs at most; 0 if the input is there as a whole
  std::uint32_t codes_slot = 0;     ///< words of A one output tile of one block needs; 0 if the output stays as a whole
  std::uint32_t shortcut_slot = 0;  ///< words of A one input tile of the shortcut needs at most; 0 as above
  int shortcut_blocks_per_pass = 1;
  int activation_slots = 2;   ///< 2: the next tile is loaded while this one is computed
  bool blocks_outer = false;  ///< output blocks outside, tiles inside: weights are read once
  bool weights_stay = false;  ///< the layer's weights fit in W and are loaded once

  int tiles_down(const LayerShape& layer) const { return (layer.out_height + tile_rows - 1) / tile_rows; }
  int tiles_across(const LayerShape& layer) const { return (layer.out_width + tile_columns - 1) / tile_columns; }
  int tiles(const LayerShape& layer) const { return tiles_down(layer) * tiles_across(layer); }
  std::string description(const LayerShape& layer, const Placement& placement) const;
};

/// Tensors of codes that the layer makes and that do not stay in A.
int stored_codes(const LayerShape& layer, const Placement& placement);

/// How often each of its codes is stored.
int code_stores(const LayerShape& layer, const Placement& placement);

/// Weight panes of one output block, those of the shortcut included.
std::int64_t panes_per_block(const LayerShape& layer);

/// Words of W that the layer needs at least: the panes of one pair of blocks.
std::int64_t fewest_weight_words(const LayerShape& layer, std::int64_t block_channels);

/// Words of A that the layer needs at least: input and output of a tile of one pixel.
std::int64_t fewest_activation_words(const LayerShape& layer);

/// Every tiling that fits, large tiles first. Empty if none does.
std::vector<Tiling> possible_tilings(const LayerShape& layer, const Placement& placement, const PlatformConfig& config);

/// Rows (or columns) of input that `count` outputs from `first` on read, clipped to the input. `field`: rows that the
/// kernel spans.
struct Extent {
  int begin = 0;
  int end = 0;
  int count() const { return end - begin; }
};
Extent input_extent(int first, int count, int field, int stride, int padding, int limit);

/// Most input rows (or columns) any tile of `count` outputs reads.
int input_span(int count, int field, int stride, int limit);

}  // namespace ernsim::compiler
