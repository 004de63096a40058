#include "workloads/folding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

constexpr double edge = 1 << 30;  // "never" or "always"

std::int32_t to_threshold(double value) { return static_cast<std::int32_t>(std::clamp(value, -edge, edge)); }

const Node& node_at(const Graph& graph, int index) { return graph.nodes[static_cast<std::size_t>(index)]; }

/// Real value of one step of a code: 2/3 behind a post-scaled activation, 1 behind others and the pixel embedding.
double code_unit(const Node& codes) { return codes.kind == NodeKind::activation && codes.post_scale ? 2.0 / 3.0 : 1.0; }

}  // namespace

std::vector<double> integer_scale(const Graph& graph, const Parameters& parameters, int node) {
  const Node& source = node_at(graph, node);
  if (source.kind != NodeKind::convolution || source.role == ConvolutionRole::residual)
    return std::vector<double>(static_cast<std::size_t>(source.out.channels), 1.0 / 32.0);
  std::vector<double> scale = parameters.magnitude[static_cast<std::size_t>(node)];
  const double unit = code_unit(node_at(graph, source.inputs.at(0)));
  for (double& each : scale) each *= unit;
  return scale;
}

ChannelThresholds fold_channel(const BatchNorm& norm, std::size_t channel, double scale) {
  const double gamma = norm.gamma[channel], beta = norm.beta[channel], mean = norm.mean[channel];
  const double deviation = std::sqrt(norm.variance[channel] + norm.epsilon);
  ChannelThresholds folded;
  folded.direction = gamma < 0 ? -1 : 1;
  for (int t = 1; t <= 3; ++t) {
    const double level = (2 * t - 1) / 3.0;
    std::int32_t& threshold = folded.thresholds[t - 1];
    if (gamma == 0) {
      threshold = to_threshold(beta >= level ? -edge : edge);
      continue;
    }
    const double reached = (mean + (level - beta) * deviation / gamma) / scale;
    threshold = to_threshold(gamma > 0 ? std::ceil(reached) : std::floor(reached));
  }
  return folded;
}

IntegerNetwork without_weights(const Graph& graph) {
  IntegerNetwork network{graph, {}, {}, {}};
  network.weights.resize(graph.nodes.size());
  network.thresholds.resize(graph.nodes.size());
  network.logit_scale.assign(static_cast<std::size_t>(graph.nodes.back().out.channels), 1.0);
  return network;
}

IntegerNetwork fold(const Graph& graph, Parameters parameters) {
  IntegerNetwork network{graph, std::move(parameters.signs), {}, {}};
  network.thresholds.resize(graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    if (node.kind == NodeKind::activation) {
      const std::vector<double> scale = integer_scale(graph, parameters, node.inputs.at(0));
      const BatchNorm& norm = parameters.batch_norm[n];
      if (norm.gamma.size() != scale.size())
        throw WorkloadError(fmt::format("{}: {} channels of {}, expected {}", node.name, norm.gamma.size(),
                                        node.batch_norm, scale.size()));
      for (std::size_t c = 0; c < scale.size(); ++c) network.thresholds[n].push_back(fold_channel(norm, c, scale[c]));
    } else if (node.kind == NodeKind::convolution && node.role == ConvolutionRole::logits) {
      network.logit_scale = integer_scale(graph, parameters, static_cast<int>(n));
    }
  }
  return network;
}

}  // namespace ernsim::workloads
