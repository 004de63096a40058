#pragma once

#include <cstdint>
#include <string>

#include "models/platform/platform_config.h"

namespace ernsim::compiler {

/// What a layer asks of the on-chip memories.
struct LayerShape {
  std::string name;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  int in_height = 0, in_width = 0, in_blocks = 1;
  int out_height = 0, out_width = 0, out_blocks = 1;
  int panes_per_pass = 1;        ///< weight panes of one input block and one output block
  std::int64_t pane_bytes = 0;   ///< in external memory
  bool emits_codes = false, emits_sums = false, adds_residual = false;
  bool reads_image = false;  ///< through the pixel embedding, which writes all input blocks at once
};

/// How a layer is cut to the memories. Sizes in words of the memory they speak of.
struct Tiling {
  int tile_rows = 1, tile_columns = 1;  ///< of the output
  int in_blocks_per_load = 1;           ///< all of them, unless no tile could hold them
  int in_blocks_per_pass = 1;           ///< per convolution instruction: their weights fit in half of W
  std::uint32_t input_slot = 0;         ///< words of A one input tile needs at most
  std::uint32_t codes_slot = 0;         ///< words of A one output tile of one block needs
  bool blocks_outer = false;            ///< output blocks outside, tiles inside: weights are read once
  bool weights_stay = false;            ///< the layer's weights fit in W and are loaded once

  int tiles_down(const LayerShape& layer) const { return (layer.out_height + tile_rows - 1) / tile_rows; }
  int tiles_across(const LayerShape& layer) const { return (layer.out_width + tile_columns - 1) / tile_columns; }
  std::string description(const LayerShape& layer) const;
};

/// The largest tiles that leave every memory double-buffered, or the smallest that fit at all. Throws CompileError
/// naming layer, memory, words needed and words present.
Tiling choose_tiling(const LayerShape& layer, const PlatformConfig& config);

/// Rows (or columns) of input that `count` outputs from `first` on read, clipped to the input.
struct Extent {
  int begin = 0;
  int end = 0;
  int count() const { return end - begin; }
};
Extent input_extent(int first, int count, int kernel, int stride, int padding, int limit);

}  // namespace ernsim::compiler
