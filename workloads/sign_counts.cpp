#include "workloads/sign_counts.h"

#include <algorithm>
#include <numeric>

namespace ernsim::workloads {

namespace {

constexpr int word_bits = 64;

/// Bits whose position is `position`, if the lowest bit's is `first`.
std::uint64_t bits_at(int position, int first, int positions) {
  std::uint64_t mask = 0;
  for (int bit = (position - first + positions) % positions; bit < word_bits; bit += positions)
    mask |= std::uint64_t{1} << bit;
  return mask;
}

int counted_apart(const SignCounts& counts) { return counts.whole_kernel ? 1 : counts.kernel * counts.kernel; }

std::uint64_t lowest(int bits) { return bits == word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }

}  // namespace

SignCounts no_signs(const Graph& graph, const Node& convolution) {
  const Shape& out = convolution.out;
  SignCounts counts;
  counts.in_channels = graph.nodes[static_cast<std::size_t>(convolution.inputs.at(0))].out.channels;
  counts.kernel = convolution.kernel;
  counts.whole_kernel = convolution.kernel == 1 || (out.height >= 3 && out.width >= 3);
  counts.negative.assign(static_cast<std::size_t>(out.channels * counted_apart(counts)), 0);
  return counts;
}

SignCounter::SignCounter(SignCounts& counts)
    : counts_(counts),
      positions_(counted_apart(counts)),
      fan_in_(std::int64_t{counts.in_channels} * counts.kernel * counts.kernel) {
  for (int first = 0; first < positions_; ++first)
    for (int position = 0; position < positions_; ++position) masks_.push_back(bits_at(position, first, positions_));
}

void SignCounter::take(std::uint64_t word, int bits) {
  while (bits > 0) {
    const int taken = static_cast<int>(std::min<std::int64_t>(bits, fan_in_ - weight_));
    const std::uint64_t signs = word & lowest(taken);
    const std::uint64_t* masks = &masks_[static_cast<std::size_t>(weight_ % positions_ * positions_)];
    std::int32_t* negative = &counts_.negative[channel_ * static_cast<std::size_t>(positions_)];
    for (int p = 0; p < positions_; ++p) negative[p] += __builtin_popcountll(signs & masks[p]);
    word = taken == word_bits ? 0 : word >> taken;
    bits -= taken;
    weight_ += taken;
    if (weight_ < fan_in_) continue;
    weight_ = 0;
    ++channel_;
  }
}

std::vector<SignCounts> count_signs(const Graph& graph, const std::vector<SignWeights>& weights) {
  std::vector<SignCounts> counts(graph.nodes.size());
  for (std::size_t n = 0; n < counts.size(); ++n) {
    if (graph.nodes[n].kind != NodeKind::convolution) continue;
    counts[n] = no_signs(graph, graph.nodes[n]);
    const std::uint8_t* sign = weights[n].negative.data();
    const int positions = weights[n].kernel * weights[n].kernel, apart = counted_apart(counts[n]);
    const std::int64_t fan_in = std::int64_t{weights[n].in_channels} * positions;
    std::int32_t* negative = counts[n].negative.data();
    for (int o = 0; o < weights[n].out_channels; ++o, sign += fan_in, negative += apart)
      if (apart == 1)
        *negative = std::accumulate(sign, sign + fan_in, 0);
      else
        for (std::int64_t w = 0; w < fan_in; w += positions)
          for (int p = 0; p < positions; ++p) negative[p] += sign[w + p];
  }
  return counts;
}

}  // namespace ernsim::workloads
