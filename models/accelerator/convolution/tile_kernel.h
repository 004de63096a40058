#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ernsim {

/// One block of input channels of a convolution's tile, without borders: the input is as large as the taps reach.
struct TilePass {
  const std::uint64_t* planes = nullptr;  ///< [row][column][plane]: bits 0 and 1 of the codes of up to 64 channels
  std::size_t rows = 0, columns = 0;      ///< of the input
  std::size_t kernel = 1, stride = 1;
  std::size_t out_rows = 0, out_columns = 0;
  std::size_t channels = 64;  ///< input and output channels of a block; a multiple of 8, at most 64
};

/// Convolves whole tiles by table look-up: for four channels of one input pixel, a table of 16 bytes has the sum of
/// those codes whose weights are -1, for every choice of four signs. One byte shuffle then looks up 32 output channels,
/// and the table serves all kernel positions and output channels that the pixel meets. The sum over sign x code is the
/// sum of all codes less twice that of the codes with weight -1. No sum may leave 16 bits on the way.
class TileKernel {
 public:
  /// Whether this machine has the instructions.
  static bool available();

  void start(std::size_t out_pixels);
  /// signs[kernel row x kernel + kernel column]: of each output channel, bit = 1 means weight -1.
  void add_block(const TilePass& pass, const std::vector<const std::uint64_t*>& signs);
  /// accumulators[out row][out column][channel] = sums, or += sums.
  void finish(std::size_t channels, bool accumulate, std::int16_t* accumulators);

 private:
  std::vector<std::uint8_t> indices_;     ///< [tap][four input channels][64 output channels]: four signs, as looked up
  std::vector<std::uint8_t> tables_;      ///< [row][column][four input channels][16]
  std::vector<std::uint16_t> row_codes_;  ///< [row][out column]: sum of the codes that a kernel row meets
  std::vector<std::uint16_t> all_;        ///< [out row][out column]: sum of all codes met
  std::vector<std::uint16_t> negatives_;  ///< [out row][out column][64]: of those with weight -1
  bool fresh_ = true;                     ///< no block has been added since start()
};

}  // namespace ernsim
