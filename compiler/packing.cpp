#include "compiler/packing.h"

#include <algorithm>
#include <array>

#include "models/accelerator/isa/word_formats.h"

namespace ernsim::compiler {

namespace {

using workloads::ChannelThresholds;
using workloads::SignWeights;

constexpr std::size_t taps_3x3 = 9;

/// 8 x 8 bits, a byte a row, with rows and columns exchanged (Hacker's Delight, 7-3).
std::uint64_t transposed(std::uint64_t rows) {
  std::uint64_t changed = (rows ^ rows >> 7) & 0x00AA00AA00AA00AA;
  rows ^= changed ^ changed << 7;
  changed = (rows ^ rows >> 14) & 0x0000CCCC0000CCCC;
  rows ^= changed ^ changed << 14;
  changed = (rows ^ rows >> 28) & 0x00000000F0F0F0F0;
  return rows ^ changed ^ changed << 28;
}

/// The signs of up to eight channels with nine positions each, 72 bits, to a byte for each position.
std::array<std::uint8_t, taps_3x3> by_position(std::uint64_t low, std::uint64_t high) {
  std::uint64_t rows = (low >> 63 | high << 1) << 56;  // the first eight positions of each channel in a byte
  for (int channel = 0; channel < 7; ++channel) rows |= low >> channel & std::uint64_t{0xff} << 8 * channel;
  const std::uint64_t columns = transposed(rows);
  std::array<std::uint8_t, taps_3x3> bytes{};
  std::memcpy(bytes.data(), &columns, sizeof columns);
  // The ninth positions are 9 bits apart: the product brings those of the first seven channels together at the top.
  const std::uint64_t ninth = (low >> 8 & 0x0040201008040201) * 0x0101010101010100 >> 56 & 0x7f;
  bytes[8] = static_cast<std::uint8_t>(ninth | (high & 0x80));
  return bytes;
}

/// Sign bits of `channels` input channels with nine positions each, a word per position.
void gather_3x3(const SignWeights& weights, std::size_t at, std::size_t channels, std::vector<std::uint64_t>& words) {
  std::size_t left = channels * taps_3x3;
  for (std::size_t shift = 0; left > 0; shift += 8) {
    const std::size_t low = std::min<std::size_t>(left, 64), high = std::min<std::size_t>(left - low, 8);
    const auto bytes = by_position(weights.bits(at, low), weights.bits(at + low, high));
    for (std::size_t tap = 0; tap < taps_3x3; ++tap) words[tap] |= std::uint64_t{bytes[tap]} << shift;
    at += low + high;
    left -= low + high;
  }
}

/// Sign bits of one output channel and one input block, a word per kernel position.
void gather_signs(const SignWeights& weights, int o, int block, int block_channels, std::vector<std::uint64_t>& words) {
  const std::size_t taps = weights.taps();
  words.assign(taps, 0);
  const int first = block * block_channels;
  if (first >= weights.in_channels) return;
  const auto channels = static_cast<std::size_t>(std::min(block_channels, weights.in_channels - first));
  const std::size_t at = static_cast<std::size_t>(o) * weights.fan_in() + static_cast<std::size_t>(first) * taps;
  if (taps == 1)
    words[0] = weights.bits(at, channels);
  else if (taps == taps_3x3)
    gather_3x3(weights, at, channels, words);
  else
    for (std::size_t i = 0; i < channels; ++i)
      for (std::size_t tap = 0; tap < taps; ++tap)
        words[tap] |= std::uint64_t{weights.is_negative(at + i * taps + tap)} << i;
}

}  // namespace

ArrayGeometry weights_geometry(const workloads::Node& convolution, ArrayGeometry array) {
  if (convolution.is_dilated()) array.lanes = 1;
  return array;
}

std::vector<std::uint8_t> pack_weights(const SignWeights& weights, int block_channels, const ArrayGeometry& geometry,
                                       int in_channels) {
  const int in_blocks = (std::max(in_channels, weights.in_channels) + block_channels - 1) / block_channels;
  const int out_blocks = (weights.out_channels + block_channels - 1) / block_channels;
  const auto matrices = static_cast<std::size_t>(geometry.matrices_per_pane(weights.kernel));
  const auto row_bytes = static_cast<std::size_t>(block_channels / 8), rows = static_cast<std::size_t>(block_channels);
  const auto kernel = static_cast<std::size_t>(weights.kernel);
  const std::size_t columns = (kernel + matrices - 1) / matrices * matrices;  // a kernel row, padded to whole panes
  const std::size_t matrix_bytes = rows * row_bytes, pass_bytes = kernel * columns * matrix_bytes;
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(out_blocks * in_blocks) * pass_bytes);
  std::vector<std::uint64_t> words;
  for (int o = 0; o < out_blocks * block_channels; ++o) {
    for (int in = 0; in < in_blocks; ++in) {
      gather_signs(weights, std::min(o, weights.out_channels - 1), in, block_channels, words);
      std::uint8_t* row = bytes.data() + static_cast<std::size_t>(o / block_channels * in_blocks + in) * pass_bytes +
                          static_cast<std::size_t>(o % block_channels) * row_bytes;
      for (std::size_t ky = 0; ky < kernel; ++ky)
        for (std::size_t kx = 0; kx < kernel; ++kx)
          write_row(words[ky * kernel + kx], rows, row + (ky * columns + kx) * matrix_bytes);
    }
  }
  return bytes;
}

std::vector<std::uint8_t> pack_codes(const workloads::Image& codes, int block_channels) {
  const auto block = static_cast<std::size_t>(block_channels), channels = static_cast<std::size_t>(codes.channels);
  const auto width = static_cast<std::size_t>(codes.width), blocks = (channels + block - 1) / block;
  const std::size_t plane = block / 8, word = 2 * plane;
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(codes.height) * blocks * width * word);
  for (std::size_t pixel = 0; pixel < static_cast<std::size_t>(codes.height) * width; ++pixel)
    for (std::size_t c = 0; c < channels; ++c) {
      const unsigned code = codes.bytes[pixel * channels + c];
      const std::size_t bit = c % block;
      std::uint8_t* at = &bytes[((pixel / width * blocks + c / block) * width + pixel % width) * word + bit / 8];
      at[0] = static_cast<std::uint8_t>(at[0] | (code & 1) << bit % 8);
      at[plane] = static_cast<std::uint8_t>(at[plane] | code >> 1 << bit % 8);
    }
  return bytes;
}

std::vector<std::uint8_t> pack_thresholds(const std::vector<ChannelThresholds>& channels, int block_channels) {
  const auto block = static_cast<std::size_t>(block_channels);
  constexpr ThresholdWord never{{ThresholdWord::highest, ThresholdWord::highest, ThresholdWord::highest}, false};
  std::vector<std::uint8_t> bytes((channels.size() + block - 1) / block * block * sizeof(std::uint64_t));
  for (std::size_t i = 0; i < channels.size(); ++i) {
    ThresholdWord word;
    std::copy_n(channels[i].thresholds, word.thresholds.size(), word.thresholds.begin());
    word.downward = channels[i].direction < 0;
    write_thresholds(word, bytes.data() + i * sizeof(std::uint64_t));
  }
  for (std::size_t i = channels.size(); i < bytes.size() / sizeof(std::uint64_t); ++i)
    write_thresholds(never, bytes.data() + i * sizeof(std::uint64_t));
  return bytes;
}

}  // namespace ernsim::compiler
