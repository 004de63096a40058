#include "evaluation/executor.h"

#include <algorithm>

namespace ernsim::evaluation {

using workloads::NodeKind;

namespace {

/// Wraps to `bits`, two's complement; returns how many values that changed.
std::int64_t add_held(const std::int16_t* a, const std::int16_t* b, std::size_t count, int bits, std::int16_t* sums) {
  const int shift = 32 - bits;
  std::int64_t wrapped = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t sum = std::int32_t{a[i]} + b[i];
    const std::int32_t held = static_cast<std::int32_t>(static_cast<std::uint32_t>(sum) << shift) >> shift;
    wrapped += held != sum ? 1 : 0;
    sums[i] = static_cast<std::int16_t>(held);
  }
  return wrapped;
}

/// Each pixel, of `words` values, as often as the larger map has it.
template <class Value>
void repeat(const std::vector<Value>& from, const MapSize& in, std::size_t words, const MapSize& out,
            std::vector<Value>& to) {
  const std::size_t times = out.height / in.height;
  for (std::size_t block = 0; block < out.blocks; ++block)
    for (std::size_t y = 0; y < out.height; ++y)
      for (std::size_t x = 0; x < out.width; ++x)
        std::copy_n(&from[words * in.at(block, y / times, x / times)], words, &to[words * out.at(block, y, x)]);
}

void add_all(std::vector<std::int64_t>& total, const std::vector<std::int64_t>& more) {
  total.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) total[i] += more[i];
}

}  // namespace

Outcome& operator+=(Outcome& total, const Outcome& more) {
  add_all(total.class_sums, more.class_sums);
  add_all(total.overflows, more.overflows);
  return total;
}

Executor::Executor(const PreparedNetwork& network) : network_(network), codes_(network.maps()), sums_(network.maps()) {}

const Outcome& Executor::run(const workloads::Image& image) {
  const auto& nodes = network_.graph().nodes;
  outcome_.overflows.assign(nodes.size(), 0);
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    switch (nodes[n].kind) {
      case NodeKind::pixel_embedding:
        network_.embedding().embed(image, codes_[network_.node(n).map]);
        break;
      case NodeKind::code_input:
        read_codes(n, image);
        break;
      case NodeKind::convolution:
        convolve(n);
        break;
      case NodeKind::activation:
        activate(n);
        break;
      case NodeKind::add:
        add(n);
        break;
      case NodeKind::average_pool:
        pool(n);
        break;
      case NodeKind::upsampling:
        upsample(n);
        break;
    }
  }
  return outcome_;
}

void Executor::read_codes(std::size_t n, const workloads::Image& image) {
  CodeMap& codes = codes_[network_.node(n).map];
  codes.resize(size_of(n));
  std::fill(codes.planes.begin(), codes.planes.end(), std::uint64_t{0});
  const auto channels = static_cast<std::size_t>(image.channels);
  for (std::size_t pixel = 0; pixel < codes.size.pixels(); ++pixel)
    for (std::size_t c = 0; c < channels; ++c) {
      const std::uint64_t code = image.bytes[pixel * channels + c];
      std::uint64_t* const word = &codes.planes[2 * (c / block_channels * codes.size.pixels() + pixel)];
      word[0] |= (code & 1) << c % block_channels;
      word[1] |= code >> 1 << c % block_channels;
    }
}

std::size_t Executor::input(std::size_t n, std::size_t which) const {
  return static_cast<std::size_t>(network_.graph().nodes[n].inputs[which]);
}

void Executor::convolve(std::size_t n) {
  const PreparedNode& node = network_.node(n);
  const CodeMap& in = codes_[network_.node(input(n, 0)).map];
  if (node.activated_as < 0) {
    SumMap& sums = sums_[node.map];
    sums.resize(size_of(n));
    outcome_.overflows[n] = convolver_.convolve(*node.convolution, in, sums.size, [&sums](const SumTile& tile) {
      const std::size_t row = tile.columns * block_channels;
      for (std::size_t y = 0; y < tile.rows; ++y)
        std::copy_n(tile.sums + y * row, row, sums.pixel(tile.block, tile.row + y, tile.column));
    });
    return;
  }
  const PreparedNode& activation = network_.node(static_cast<std::size_t>(node.activated_as));
  CodeMap& codes = codes_[activation.map];
  codes.resize(size_of(n));
  outcome_.overflows[n] = convolver_.convolve(*node.convolution, in, codes.size, [&](const SumTile& tile) {
    for (std::size_t pixel = 0; pixel < tile.rows * tile.columns; ++pixel)
      activation.levels->pack(
          tile.sums + pixel * block_channels, tile.block,
          codes.word(tile.block, tile.row + pixel / tile.columns, tile.column + pixel % tile.columns));
  });
}

/// Unless its convolution has.
void Executor::activate(std::size_t n) {
  const std::size_t from = input(n, 0);
  if (network_.node(from).activated_as >= 0) return;
  const SumMap& sums = sums_[network_.node(from).map];
  CodeMap& codes = codes_[network_.node(n).map];
  codes.resize(sums.size);
  const std::size_t pixels = sums.size.pixels();
  for (std::size_t i = 0; i < sums.size.blocks * pixels; ++i)
    network_.node(n).levels->pack(&sums.values[i * block_channels], i / pixels, &codes.planes[2 * i]);
}

void Executor::add(std::size_t n) {
  const SumMap &a = sums_[network_.node(input(n, 0)).map], &b = sums_[network_.node(input(n, 1)).map];
  SumMap& sums = sums_[network_.node(n).map];
  sums.resize(a.size);
  if (!network_.node(n).may_wrap) {
    for (std::size_t i = 0; i < sums.values.size(); ++i)
      sums.values[i] = static_cast<std::int16_t>(a.values[i] + b.values[i]);
    return;
  }
  const auto channels = static_cast<std::size_t>(network_.graph().nodes[n].out.channels);
  const std::size_t pixels = a.size.pixels();
  for (std::size_t i = 0; i < a.size.blocks * pixels; ++i) {
    const std::size_t at = i * block_channels;
    const std::size_t count = std::min(block_channels, channels - i / pixels * block_channels);
    outcome_.overflows[n] +=
        add_held(&a.values[at], &b.values[at], count, network_.accumulator_bits(), &sums.values[at]);
  }
}

void Executor::upsample(std::size_t n) {
  const std::size_t from = network_.node(input(n, 0)).map, to = network_.node(n).map;
  if (is_codes(network_.graph(), static_cast<int>(n))) {
    codes_[to].resize(size_of(n));
    repeat(codes_[from].planes, codes_[from].size, 2, codes_[to].size, codes_[to].planes);
  } else {
    sums_[to].resize(size_of(n));
    repeat(sums_[from].values, sums_[from].size, block_channels, sums_[to].size, sums_[to].values);
  }
}

void Executor::pool(std::size_t n) {
  const SumMap& sums = sums_[network_.node(input(n, 0)).map];
  outcome_.class_sums.assign(network_.classes(), 0);
  const std::size_t pixels = sums.size.pixels();
  for (std::size_t c = 0; c < outcome_.class_sums.size(); ++c) {
    const std::int16_t* value = &sums.values[c / block_channels * pixels * block_channels + c % block_channels];
    for (std::size_t i = 0; i < pixels; ++i, value += block_channels) outcome_.class_sums[c] += *value;
  }
}

}  // namespace ernsim::evaluation
