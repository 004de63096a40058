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
  std::size_t channels = 64;  ///< of an input block, of add_block() of the output's too; a multiple of 8, at most 64
};

/// Convolves whole tiles by table look-up: for four channels of one input pixel, a table of 16 bytes has the sum of
/// those codes whose weights are -1, for every choice of four signs. One byte shuffle then looks up 32 output channels,
/// and the table serves all kernel positions and output channels that the pixel meets. The sum over sign x code is the
/// sum of all codes less twice that of the codes with weight -1. No sum may leave 16 bits on the way.
class TileKernel {
 public:
  /// Whether this machine has the instructions.
  static bool available();

  /// `out_blocks`: of up to 64 output channels each, summed at once.
  void start(std::size_t out_pixels, std::size_t out_blocks = 1);
  /// A block of input channels for one block of output channels. signs[kernel row x kernel + kernel column]: of each
  /// output channel, bit = 1 means weight -1.
  void add_block(const TilePass& pass, const std::vector<const std::uint64_t*>& signs);

  // The same in parts, for signs that are used again and codes that several output blocks need.
  /// Signs of a block as add_signs() looks them up, `index_bytes` a tap.
  static void expand(const std::vector<const std::uint64_t*>& signs, std::size_t out_channels,
                     std::vector<std::uint8_t>& indices);
  void load_codes(const TilePass& pass);
  /// Of the codes loaded last, which `pass` describes.
  void add_signs(const TilePass& pass, const std::uint8_t* indices, std::size_t out_block);
  static constexpr std::size_t index_bytes = 1024;

  /// accumulators[out row][out column][channel] = sums, or += sums.
  void finish(std::size_t channels, bool accumulate, std::int16_t* accumulators, std::size_t out_block = 0);

 private:
  std::vector<std::uint8_t> indices_;     ///< [tap][four input channels][64 output channels]: four signs, as looked up
  std::vector<std::uint8_t> tables_;      ///< [row][column][four input channels][16]
  std::vector<std::uint16_t> row_codes_;  ///< [row][out column]: sum of the codes that a kernel row meets
  std::vector<std::uint16_t> all_;        ///< [out row][out column]: sum of all codes met
  std::vector<std::uint16_t> negatives_;  ///< [out block][out row][out column][64]: of those with weight -1
  std::size_t loaded_ = 0;                ///< blocks since start()
};

}  // namespace ernsim
