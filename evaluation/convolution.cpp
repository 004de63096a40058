#include "evaluation/convolution.h"

#include <algorithm>
#include <cstring>

namespace ernsim::evaluation {

namespace {

/// Pixels of a tile's side: the tables of its input, 256 bytes a pixel, and the signs stay in a first-level cache.
std::size_t tile_side(std::size_t kernel, std::size_t stride) { return kernel > 1 && stride > 1 ? 4 : 8; }

}  // namespace

PackedConvolution::PackedConvolution(const workloads::Node& node, const workloads::SignWeights& weights, int held_bits,
                                     bool may_wrap)
    : kernel(static_cast<std::size_t>(node.kernel)),
      stride(static_cast<std::size_t>(node.stride)),
      top(static_cast<std::size_t>(node.padding.top)),
      left(static_cast<std::size_t>(node.padding.left)),
      dilation_down(static_cast<std::size_t>(node.dilation.rows)),
      dilation_across(static_cast<std::size_t>(node.dilation.columns)),
      in_blocks(blocks_of(weights.in_channels)),
      out_blocks(blocks_of(weights.out_channels)),
      in_channels(static_cast<std::size_t>(weights.in_channels)),
      out_channels(static_cast<std::size_t>(weights.out_channels)),
      bits(held_bits),
      whole_tiles(TileKernel::available() && !may_wrap),
      signs_(out_blocks * in_blocks * weights.taps() * block_channels) {
  std::size_t weight = 0;
  for (std::size_t o = 0; o < out_channels; ++o)
    for (std::size_t i = 0; i < in_channels; ++i)
      for (std::size_t tap = 0; tap < taps(); ++tap, ++weight)
        if (weights.is_negative(weight))
          signs_[((o / block_channels * in_blocks + i / block_channels) * taps() + tap) * block_channels +
                 o % block_channels] |= std::uint64_t{1} << i % block_channels;
  if (whole_tiles) expand();
}

void PackedConvolution::expand() {
  std::vector<std::uint8_t> indices;
  for (std::size_t out = 0; out < out_blocks; ++out)
    for (std::size_t in = 0; in < in_blocks; ++in) {
      std::vector<const std::uint64_t*> rows;
      for (std::size_t tap = 0; tap < taps(); ++tap) rows.push_back(signs(out, in, tap));
      TileKernel::expand(rows, block_channels, indices);
      indices_.insert(indices_.end(), indices.begin(), indices.end());
    }
}

SumTile Convolver::next_tile(const PackedConvolution& layer, const MapSize& out, std::size_t row,
                             std::size_t column) const {
  const std::size_t side = tile_side(layer.kernel, layer.stride);
  return {0, row, column, std::min(side, out.height - row), std::min(side, out.width - column), nullptr};
}

/// All output blocks of the tile. A dilated kernel goes tap by tap, each a kernel of 1x1.
void Convolver::sum_tile(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile) {
  kernel_.start(tile.rows * tile.columns, layer.out_blocks);
  const std::size_t passes = layer.is_dilated() ? layer.taps() : 1;
  for (std::size_t block = 0; block < layer.in_blocks; ++block)
    for (std::size_t tap = 0; tap < passes; ++tap) add_pass(layer, gather(layer, in, block, tile, tap), block, tap);
}

void Convolver::add_pass(const PackedConvolution& layer, const TilePass& pass, std::size_t block, std::size_t tap) {
  kernel_.load_codes(pass);
  for (std::size_t out = 0; out < layer.out_blocks; ++out)
    kernel_.add_signs(pass, layer.indices(out, block) + tap * TileKernel::index_bytes, out);
}

/// What the tile meets of one block from `tap` on, zeros beyond the map. A 1x1 kernel meets only the pixels that its
/// stride leaves.
TilePass Convolver::gather(const PackedConvolution& layer, const CodeMap& in, std::size_t block, const SumTile& tile,
                           std::size_t tap) {
  const std::size_t kernel = layer.is_dilated() ? 1 : layer.kernel;
  const std::size_t step = kernel == 1 ? layer.stride : 1, stride = kernel == 1 ? 1 : layer.stride;
  const std::size_t down = tap / layer.kernel * layer.dilation_down, across = tap % layer.kernel * layer.dilation_across;
  TilePass pass{nullptr,
                (tile.rows - 1) * stride + kernel,
                (tile.columns - 1) * stride + kernel,
                kernel,
                stride,
                tile.rows,
                tile.columns,
                block_channels};
  const std::size_t channels = std::min(block_channels, layer.in_channels - block * block_channels);
  if (channels <= block_channels / 2) pass.channels = block_channels / 2;
  window_.assign(2 * pass.rows * pass.columns, 0);
  for (std::size_t y = 0; y < pass.rows; ++y) {
    const std::size_t row = tile.row * layer.stride + y * step + down - layer.top;  // beyond the map if it is negative
    if (row >= in.size.height) continue;
    for (std::size_t x = 0; x < pass.columns; ++x) {
      const std::size_t column = tile.column * layer.stride + x * step + across - layer.left;
      if (column < in.size.width) std::memcpy(&window_[2 * (y * pass.columns + x)], in.word(block, row, column), 16);
    }
  }
  pass.planes = window_.data();
  return pass;
}

/// One output block, a pixel at a time.
std::int64_t Convolver::sum_pixels(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile) {
  const std::size_t channels = std::min(block_channels, layer.out_channels - tile.block * block_channels);
  totals_.assign(block_channels, 0);
  std::fill(sums_.begin(), sums_.end(), std::int16_t{0});
  std::int64_t wrapped = 0;
  for (std::size_t pixel = 0; pixel < tile.rows * tile.columns; ++pixel) {
    gather_taps(layer, in, tile, tile.row + pixel / tile.columns, tile.column + pixel % tile.columns);
    sum_taps(taps_.data(), taps_.size(), block_channels, totals_.data());
    wrapped += add_wrapped(totals_.data(), channels, layer.bits, false, &sums_[pixel * block_channels]);
  }
  return wrapped;
}

void Convolver::gather_taps(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile, std::size_t y,
                            std::size_t x) {
  taps_.clear();
  for (std::size_t block = 0; block < layer.in_blocks; ++block)
    for (std::size_t tap = 0; tap < layer.taps(); ++tap) {
      const std::size_t row = y * layer.stride + tap / layer.kernel * layer.dilation_down - layer.top;
      const std::size_t column = x * layer.stride + tap % layer.kernel * layer.dilation_across - layer.left;
      if (row >= in.size.height || column >= in.size.width) continue;
      const std::uint64_t* word = in.word(block, row, column);
      taps_.push_back({word[0], word[1], layer.signs(tile.block, block, tap)});
    }
}

}  // namespace ernsim::evaluation
