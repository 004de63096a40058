#include "workloads/folding.h"
#include "workloads/parameters.h"
#include "workloads/sign_counts.h"

namespace ernsim::workloads {

namespace {

/// splitmix64: the same numbers everywhere, unlike the standard library's distributions.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t z = (state_ += step);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  /// As if so many had been drawn.
  void skip(std::uint64_t count) { state_ += count * step; }
  double uniform(double low, double high) { return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1.0p-53; }

 private:
  static constexpr std::uint64_t step = 0x9E3779B97F4A7C15ULL;

  std::uint64_t state_;
};

/// Mean and variance of a code, assuming y = N(0.8, 0.6) in front of the activation.
constexpr double code_mean = 1.2;
constexpr double code_variance = 0.9;
constexpr double pixel_code_mean = 1.3;

/// What is expected of a node's integers: a mean per channel and a common variance.
struct Expectation {
  std::vector<double> mean;
  double variance = 0;
};

SignWeights draw_signs(const Node& node, int in_channels, Random& random) {
  SignWeights weights(node.out.channels, in_channels, node.kernel);
  for (std::uint64_t& word : weights.words) word = random.bits();
  const std::size_t in_last = weights.size() % 64;
  if (in_last != 0) weights.words.back() &= ~std::uint64_t{0} >> (64 - in_last);
  return weights;
}

Expectation expect_sums(const SignWeights& weights, double input_mean) {
  const std::size_t fan_in = weights.fan_in();
  Expectation expected;
  expected.variance = static_cast<double>(fan_in) * code_variance;
  for (std::size_t o = 0; o < static_cast<std::size_t>(weights.out_channels); ++o) {
    const int negative = weights.count_negative(o * fan_in, fan_in);
    expected.mean.push_back(input_mean * (static_cast<int>(fan_in) - 2 * negative));
  }
  return expected;
}

constexpr std::uint64_t batch_norm_draws = 4;  ///< per channel

/// Statistics in real units, so that the network's own folding has the scale to undo.
BatchNorm draw_batch_norm(const Expectation& in, const std::vector<double>& scale, Random& random) {
  BatchNorm norm;
  for (std::size_t c = 0; c < in.mean.size(); ++c) {
    const bool negative = random.uniform(0, 1) < 0.1;
    norm.gamma.push_back(random.uniform(0.45, 0.75) * (negative ? -1 : 1));
    norm.beta.push_back(random.uniform(0.6, 1.0));
    norm.mean.push_back(in.mean[c] * scale[c]);
    norm.variance.push_back(in.variance * scale[c] * scale[c] * random.uniform(0.8, 1.25));
  }
  return norm;
}

}  // namespace

Parameters seeded_parameters(const Graph& graph, std::uint64_t seed) {
  Random random(seed);
  const std::size_t count = graph.nodes.size();
  Parameters parameters{std::vector<SignWeights>(count), std::vector<std::vector<double>>(count),
                        std::vector<BatchNorm>(count)};
  std::vector<Expectation> expected(count);
  for (std::size_t n = 0; n < count; ++n) {
    const Node& node = graph.nodes[n];
    const auto input = [&node](std::size_t i) { return static_cast<std::size_t>(node.inputs[i]); };
    if (node.kind == NodeKind::convolution) {
      const Node& source = graph.nodes[input(0)];
      const bool pixels = source.kind == NodeKind::pixel_embedding;
      parameters.signs[n] = draw_signs(node, source.out.channels, random);
      for (int c = 0; c < node.out.channels; ++c)
        parameters.magnitude[n].push_back(node.role == ConvolutionRole::residual ? 1.0 / 32
                                                                                 : random.uniform(0.02, 0.06));
      expected[n] = expect_sums(parameters.signs[n], pixels ? pixel_code_mean : code_mean);
    } else if (node.kind == NodeKind::add) {
      expected[n] = expected[input(0)];
      for (std::size_t c = 0; c < expected[n].mean.size(); ++c) expected[n].mean[c] += expected[input(1)].mean[c];
      expected[n].variance += expected[input(1)].variance;
    } else if (node.kind == NodeKind::upsampling) {
      expected[n] = expected[input(0)];
    } else if (node.kind == NodeKind::activation) {
      const Node& source = graph.nodes[input(0)];
      std::vector<double> scale(expected[input(0)].mean.size(), 1.0 / 32);
      if (source.kind == NodeKind::convolution && source.role == ConvolutionRole::activation) {
        const double unit = code_step(graph, source.inputs[0]);
        for (std::size_t c = 0; c < scale.size(); ++c) scale[c] = parameters.magnitude[input(0)][c] * unit;
      }
      parameters.batch_norm[n] = draw_batch_norm(expected[input(0)], scale, random);
    }
  }
  return parameters;
}

std::vector<SignCounts> seeded_sign_counts(const Graph& graph, std::uint64_t seed) {
  Random random(seed);
  std::vector<SignCounts> counts(graph.nodes.size());
  const int margin = widest_padding(graph);
  for (std::size_t n = 0; n < counts.size(); ++n) {
    const Node& node = graph.nodes[n];
    const auto channels = static_cast<std::uint64_t>(node.out.channels);
    if (node.kind == NodeKind::activation) random.skip(batch_norm_draws * channels);
    if (node.kind != NodeKind::convolution) continue;
    const int in_channels = graph.nodes[static_cast<std::size_t>(node.inputs[0])].out.channels;
    counts[n] = count_signs(node, draw_signs(node, in_channels, random), margin);
    if (node.role != ConvolutionRole::residual) random.skip(channels);
  }
  return counts;
}

}  // namespace ernsim::workloads
