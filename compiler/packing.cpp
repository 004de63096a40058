#include "compiler/packing.h"

#include <algorithm>
#include <cstring>

namespace ernsim::compiler {

namespace {

using workloads::ChannelThresholds;
using workloads::SignWeights;

/// Writes one row of B bits: output channel o, input channels of `block`, at one kernel position.
void pack_row(const SignWeights& weights, int o, int block, int block_channels, int ky, int kx, std::uint8_t* row) {
  if (o >= weights.out_channels || kx >= weights.kernel) return;
  const int channels = std::min(block_channels, weights.in_channels - block * block_channels);
  for (int i = 0; i < channels; ++i)
    if (weights.is_negative(o, block * block_channels + i, ky, kx)) row[i / 8] |= static_cast<std::uint8_t>(1U << i % 8);
}

std::uint64_t pack(const ChannelThresholds& channel) {
  constexpr int bits = 17;
  constexpr std::int32_t low = -(1 << (bits - 1)), high = (1 << (bits - 1)) - 1;
  std::uint64_t word = channel.direction < 0 ? std::uint64_t{1} << (3 * bits) : 0;
  for (int i = 0; i < 3; ++i) {
    const auto held = static_cast<std::uint64_t>(std::clamp(channel.thresholds[i], low, high));
    word |= (held & ((std::uint64_t{1} << bits) - 1)) << (i * bits);
  }
  return word;
}

}  // namespace

std::vector<std::uint8_t> pack_weights(const SignWeights& weights, int block_channels, const ArrayGeometry& geometry) {
  const int in_blocks = (weights.in_channels + block_channels - 1) / block_channels;
  const int out_blocks = (weights.out_channels + block_channels - 1) / block_channels;
  const int matrices = geometry.matrices_per_pane(weights.kernel);
  const auto row_bytes = static_cast<std::size_t>(block_channels / 8);
  const auto rows = static_cast<std::size_t>(out_blocks * in_blocks * geometry.panes_per_pass(weights.kernel) *
                                             matrices * block_channels);
  std::vector<std::uint8_t> bytes(rows * row_bytes);
  std::uint8_t* row = bytes.data();
  for (int out = 0; out < out_blocks; ++out)
    for (int in = 0; in < in_blocks; ++in)
      for (int ky = 0; ky < weights.kernel; ++ky)
        for (int first = 0; first < weights.kernel; first += matrices)
          for (int m = 0; m < matrices; ++m)
            for (int o = 0; o < block_channels; ++o, row += row_bytes)
              pack_row(weights, out * block_channels + o, in, block_channels, ky, first + m, row);
  return bytes;
}

std::vector<std::uint8_t> pack_thresholds(const std::vector<ChannelThresholds>& channels, int block_channels) {
  const auto block = static_cast<std::size_t>(block_channels);
  std::vector<std::uint8_t> bytes((channels.size() + block - 1) / block * block * sizeof(std::uint64_t));
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const std::uint64_t word = pack(channels[i]);
    std::memcpy(bytes.data() + i * sizeof word, &word, sizeof word);
  }
  return bytes;
}

}  // namespace ernsim::compiler
