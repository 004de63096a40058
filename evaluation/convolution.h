#pragma once

#include "evaluation/maps.h"
#include "models/accelerator/convolution/popcount_kernel.h"
#include "models/accelerator/convolution/tile_kernel.h"
#include "workloads/graph.h"

namespace ernsim::evaluation {

/// A convolution's signs in the order in which the kernels read them, shared by all threads.
class PackedConvolution {
 public:
  /// `bits`: what sums are held in. `may_wrap`: some picture may give a sum that does not fit them.
  PackedConvolution(const workloads::Node& node, const workloads::SignWeights& weights, int bits, bool may_wrap);

  /// Of 64 output channels each.
  const std::uint64_t* signs(std::size_t out_block, std::size_t in_block, std::size_t tap) const {
    return &signs_[((out_block * in_blocks + in_block) * taps() + tap) * block_channels];
  }
  const std::uint8_t* indices(std::size_t out_block, std::size_t in_block) const {
    return &indices_[(out_block * in_blocks + in_block) * taps() * TileKernel::index_bytes];
  }
  std::size_t taps() const { return kernel * kernel; }
  bool is_dilated() const { return dilation_down * dilation_across > 1; }

  std::size_t kernel, stride, top, left;  ///< the padding above and to the left
  std::size_t dilation_down, dilation_across;
  std::size_t in_blocks, out_blocks;
  std::size_t in_channels, out_channels;
  int bits;
  bool whole_tiles;  ///< by table look-up, as no sum can wrap

 private:
  void expand();

  std::vector<std::uint64_t> signs_;   ///< [out block][in block][tap][output channel]: a bit per input channel
  std::vector<std::uint8_t> indices_;  ///< [out block][in block]: TileKernel::expand(); empty without `whole_tiles`
};

/// The sums of a tile of one block of output channels: [row][column][64].
struct SumTile {
  std::size_t block, row, column, rows, columns;
  const std::int16_t* sums;
};

/// Convolves whole maps; one per thread.
class Convolver {
 public:
  /// Calls take(SumTile) for each tile; returns how many sums did not fit and wrapped.
  template <class Take>
  std::int64_t convolve(const PackedConvolution& layer, const CodeMap& in, const MapSize& out, const Take& take);

 private:
  SumTile next_tile(const PackedConvolution& layer, const MapSize& out, std::size_t row, std::size_t column) const;
  void sum_tile(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile);
  void add_pass(const PackedConvolution& layer, const TilePass& pass, std::size_t block, std::size_t tap);
  TilePass gather(const PackedConvolution& layer, const CodeMap& in, std::size_t block, const SumTile& tile,
                  std::size_t tap);
  std::int64_t sum_pixels(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile);
  void gather_taps(const PackedConvolution& layer, const CodeMap& in, const SumTile& tile, std::size_t y,
                   std::size_t x);

  TileKernel kernel_;
  std::vector<std::uint64_t> window_;  ///< [row][column][plane]
  std::vector<std::int16_t> sums_;     ///< [row][column][64]
  std::vector<Tap> taps_;
  std::vector<std::int32_t> totals_;
};

template <class Take>
std::int64_t Convolver::convolve(const PackedConvolution& layer, const CodeMap& in, const MapSize& out,
                                 const Take& take) {
  std::int64_t wrapped = 0;
  for (std::size_t row = 0; row < out.height;) {
    SumTile tile = next_tile(layer, out, row, 0);
    for (std::size_t column = 0; column < out.width; column += tile.columns) {
      tile = next_tile(layer, out, row, column);
      sums_.resize(tile.rows * tile.columns * block_channels);
      if (layer.whole_tiles) sum_tile(layer, in, tile);
      for (tile.block = 0; tile.block < layer.out_blocks; ++tile.block) {
        if (layer.whole_tiles)
          kernel_.finish(block_channels, false, sums_.data(), tile.block);
        else
          wrapped += sum_pixels(layer, in, tile);
        tile.sums = sums_.data();
        take(tile);
      }
    }
    row += tile.rows;
  }
  return wrapped;
}

}  // namespace ernsim::evaluation
