#include "workloads/sum_range.h"

#include <algorithm>
#include <numeric>

namespace ernsim::workloads {

namespace {

constexpr std::int64_t largest_code = 3;

using Channels = std::vector<SumRange>;

struct Pixel {
  int y;
  int x;
};

/// Those that no other one sees more than: of an axis one pixel that the padding does not reach, or all if it reaches
/// every one.
std::vector<Pixel> pixels_that_differ(const Shape& shape, int margin) {
  const auto places = [margin](int size) {
    std::vector<int> all{margin};
    if (size > 2 * margin) return all;
    all.resize(static_cast<std::size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    return all;
  };
  std::vector<Pixel> pixels;
  for (const int y : places(shape.height))
    for (const int x : places(shape.width)) pixels.push_back({y, x});
  return pixels;
}

/// Numbers of the kernel positions that lie inside the input; the whole kernel counts as one.
std::vector<std::size_t> positions_inside(const Node& node, const Shape& in, const Pixel& pixel, bool whole_kernel) {
  if (whole_kernel) return {0};
  std::vector<std::size_t> positions;
  for (int ky = 0; ky < node.kernel; ++ky)
    for (int kx = 0; kx < node.kernel; ++kx) {
      const int row = pixel.y * node.stride + ky * node.dilation.rows - node.padding.top,
                column = pixel.x * node.stride + kx * node.dilation.columns - node.padding.left;
      if (row >= 0 && row < in.height && column >= 0 && column < in.width)
        positions.push_back(static_cast<std::size_t>(ky * node.kernel + kx));
    }
  return positions;
}

Channels convolution_ranges(const SignCounts& signs, const std::vector<std::size_t>& inside) {
  const std::size_t all = static_cast<std::size_t>(signs.kernel) * static_cast<std::size_t>(signs.kernel);
  const std::size_t counted = signs.whole_kernel ? 1 : all;
  const auto weights = static_cast<std::int64_t>(all / counted * inside.size()) * signs.in_channels;
  Channels ranges(signs.negative.size() / counted);
  for (std::size_t c = 0; c < ranges.size(); ++c) {
    std::int64_t negative = 0;
    for (const std::size_t position : inside) negative += signs.negative[c * counted + position];
    ranges[c] = {-largest_code * negative, largest_code * (weights - negative)};
  }
  return ranges;
}

Channels sum(const Channels& left, const Channels& right) {
  Channels sums(left.size());
  for (std::size_t c = 0; c < sums.size(); ++c)
    sums[c] = {left[c].lowest + right[c].lowest, left[c].highest + right[c].highest};
  return sums;
}

/// What any pixel reaches.
Channels widest(const std::vector<Channels>& pixels) {
  Channels all;
  for (const Channels& each : pixels) {
    all.resize(each.size());
    for (std::size_t c = 0; c < all.size(); ++c) all[c] = hull(all[c], each[c]);
  }
  return all;
}

}  // namespace

SumRange hull(const SumRange& a, const SumRange& b) {
  return {std::min(a.lowest, b.lowest), std::max(a.highest, b.highest)};
}

std::int64_t largest_magnitude(const SumRange& range) { return std::max(-range.lowest, range.highest); }

int bits_needed(const SumRange& range) {
  int bits = 1;
  while (range.lowest < -(std::int64_t{1} << (bits - 1)) || range.highest > (std::int64_t{1} << (bits - 1)) - 1) ++bits;
  return bits;
}

std::vector<SumRange> sum_ranges(const Graph& graph, const std::vector<SignCounts>& signs) {
  const auto& nodes = graph.nodes;
  std::vector<std::vector<Channels>> reached(nodes.size());  // [node][pixel][channel]
  std::vector<SumRange> ranges(nodes.size());
  const int margin = widest_padding(graph);
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const auto input = [&](std::size_t i) { return static_cast<std::size_t>(nodes[n].inputs[i]); };
    const auto pixels = pixels_that_differ(nodes[n].out, margin);
    for (std::size_t p = 0; p < pixels.size(); ++p) {
      if (nodes[n].kind == NodeKind::convolution)
        reached[n].push_back(convolution_ranges(
            signs[n], positions_inside(nodes[n], nodes[input(0)].out, pixels[p], signs[n].whole_kernel)));
      if (nodes[n].kind == NodeKind::upsampling) reached[n].push_back(widest(reached[input(0)]));
      if (nodes[n].kind == NodeKind::add) reached[n].push_back(sum(reached[input(0)][p], reached[input(1)][p]));
    }
    for (const Channels& channels : reached[n])
      for (const SumRange& channel : channels) ranges[n] = hull(ranges[n], channel);
  }
  return ranges;
}

}  // namespace ernsim::workloads
