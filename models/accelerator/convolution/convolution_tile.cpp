#include <algorithm>
#include <cstring>

#include "models/accelerator/convolution/convolution.h"

namespace ernsim {

namespace {

constexpr std::size_t word_channels = 64;  ///< rows and planes of so many are words in the memories too

}  // namespace

/// The whole tile at once, if no sum can wrap on the way.
bool Convolution::execute_tile(const ConvolutionOperands& operands) {
  if (!TileKernel::available() || !window_is_small(operands) || may_wrap_in_tile(operands)) return false;
  if (block_channels_ != word_channels) load_signs(operands);
  tile_.start(static_cast<std::size_t>(operands.out_rows * operands.out_columns));
  for (int block = 0; block < operands.in_blocks; ++block) {
    gather_block_signs(operands, block);
    tile_.add_block(gather_block(operands, block), tap_signs_);
  }
  tile_.finish(block_channels_, operands.accumulate,
               reinterpret_cast<std::int16_t*>(accumulators_.word(operands.output_address)));
  return true;
}

/// Whether what the tile meets of one block, padding included, is not much more than A can hold.
bool Convolution::window_is_small(const ConvolutionOperands& operands) {
  constexpr std::int64_t most_words = 1 << 18;
  const std::int64_t rows = (operands.out_rows - std::int64_t{1}) * operands.stride + operands.kernel;
  const std::int64_t columns = (operands.out_columns - std::int64_t{1}) * operands.stride + operands.kernel;
  return rows * columns <= most_words;
}

bool Convolution::may_wrap_in_tile(const ConvolutionOperands& operands) const {
  const auto taps = std::int64_t{operands.kernel} * operands.kernel * operands.in_blocks;
  std::int64_t held = 0;
  if (operands.accumulate) {
    const auto* sums = reinterpret_cast<const std::int16_t*>(accumulators_.word(operands.output_address));
    const std::size_t count = static_cast<std::size_t>(operands.out_rows * operands.out_columns) * block_channels_;
    std::int16_t lowest = 0, highest = 0;
    for (std::size_t i = 0; i < count; ++i) {
      lowest = std::min(lowest, sums[i]);
      highest = std::max(highest, sums[i]);
    }
    held = std::max(-std::int64_t{lowest}, std::int64_t{highest});
  }
  return held + 3 * static_cast<std::int64_t>(block_channels_) * taps > largest_;
}

/// Copies the words of A that the tile meets in one block, and zeros where it reaches beyond the region.
TilePass Convolution::gather_block(const ConvolutionOperands& operands, int block) {
  const std::size_t plane_bytes = block_channels_ / 8;
  const int rows = (operands.out_rows - 1) * operands.stride + operands.kernel;
  const int columns = (operands.out_columns - 1) * operands.stride + operands.kernel;
  const int left = std::max(0, -operands.column_offset);
  const int right = std::min(columns, operands.in_columns - operands.column_offset);
  planes_.assign(2 * static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), 0);
  for (int y = 0; y < rows; ++y) {
    const int row = y + operands.row_offset;
    if (row < 0 || row >= operands.in_rows || left >= right) continue;
    const std::uint8_t* word =
        activations_.word(static_cast<std::size_t>(operands.input_address + row * operands.input_row_stride +
                                                   block * operands.in_columns + operands.column_offset + left));
    std::uint64_t* out = planes_.data() + 2 * (y * columns + left);
    const auto planes = 2 * static_cast<std::size_t>(right - left);
    if (block_channels_ == word_channels)
      std::memcpy(out, word, planes * sizeof *out);
    else
      for (std::size_t i = 0; i < planes; ++i, word += plane_bytes) std::memcpy(out++, word, plane_bytes);
  }
  TilePass pass;
  pass.planes = planes_.data();
  pass.rows = static_cast<std::size_t>(rows);
  pass.columns = static_cast<std::size_t>(columns);
  pass.kernel = operands.kernel;
  pass.stride = operands.stride;
  pass.out_rows = operands.out_rows;
  pass.out_columns = operands.out_columns;
  pass.channels = block_channels_;
  return pass;
}

void Convolution::gather_block_signs(const ConvolutionOperands& operands, int block) {
  const int matrices = geometry_.matrices_per_pane(operands.kernel);
  const int per_row = geometry_.panes_per_kernel_row(operands.kernel);
  tap_signs_.clear();
  for (int ky = 0; ky < operands.kernel; ++ky)
    for (int kx = 0; kx < operands.kernel; ++kx) {
      const auto pane = static_cast<std::size_t>((block * operands.kernel + ky) * per_row + kx / matrices);
      const auto matrix = static_cast<std::size_t>(kx % matrices);
      const std::uint64_t* rows =
          block_channels_ == word_channels
              ? reinterpret_cast<const std::uint64_t*>(weights_.word(operands.weight_address + pane * block_channels_))
              : signs_.data() + pane * static_cast<std::size_t>(matrices) * block_channels_;
      tap_signs_.push_back(rows + matrix * block_channels_);
    }
}

}  // namespace ernsim
