#include "workloads/sign_counts.h"

#include <algorithm>
#include <array>

namespace ernsim::workloads {

namespace {

constexpr std::size_t word_bits = 64;

/// Which bits of a word are the signs of one kernel position, if the lowest bit's is the first.
std::uint64_t bits_of(std::size_t position, std::size_t positions) {
  std::uint64_t mask = 0;
  for (std::size_t bit = position; bit < word_bits; bit += positions) mask |= std::uint64_t{1} << bit;
  return mask;
}

/// Of one output channel, by kernel position.
void count_positions(const SignWeights& weights, std::size_t channel, std::int32_t* negative) {
  const std::size_t positions = weights.taps(), together = word_bits / positions * positions;
  const std::size_t first = channel * weights.fan_in(), end = first + weights.fan_in();
  for (std::size_t at = first; at < end; at += together) {
    const std::uint64_t signs = weights.bits(at, std::min(together, end - at));
    for (std::size_t p = 0; p < positions; ++p) negative[p] += __builtin_popcountll(signs & bits_of(p, positions));
  }
}

}  // namespace

int widest_padding(const Graph& graph) {
  int widest = 0;
  for (const Node& node : graph.nodes)
    if (node.kind == NodeKind::convolution)
      widest = std::max({widest, node.padding.top, node.padding.left, node.padding.bottom, node.padding.right});
  return widest;
}

SignCounts count_signs(const Node& convolution, const SignWeights& weights, int margin) {
  SignCounts counts;
  counts.in_channels = weights.in_channels;
  counts.kernel = weights.kernel;
  counts.whole_kernel =
      weights.kernel == 1 || (convolution.out.height > 2 * margin && convolution.out.width > 2 * margin);
  const std::size_t apart = counts.whole_kernel ? 1 : weights.taps();
  counts.negative.assign(static_cast<std::size_t>(weights.out_channels) * apart, 0);
  for (std::size_t o = 0; o < static_cast<std::size_t>(weights.out_channels); ++o)
    if (counts.whole_kernel)
      counts.negative[o] = weights.count_negative(o * weights.fan_in(), weights.fan_in());
    else
      count_positions(weights, o, &counts.negative[o * apart]);
  return counts;
}

std::vector<SignCounts> count_signs(const Graph& graph, const std::vector<SignWeights>& weights) {
  std::vector<SignCounts> counts(graph.nodes.size());
  const int margin = widest_padding(graph);
  for (std::size_t n = 0; n < counts.size(); ++n)
    if (graph.nodes[n].kind == NodeKind::convolution) counts[n] = count_signs(graph.nodes[n], weights[n], margin);
  return counts;
}

}  // namespace ernsim::workloads
