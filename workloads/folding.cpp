#include "workloads/folding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

constexpr double edge = 1 << 30;           // "never" or "always"
constexpr long double same_scale = 1e-6L;  // scales come from single-precision numbers, with their rounding

std::int32_t to_threshold(double value) { return static_cast<std::int32_t>(std::clamp(value, -edge, edge)); }

const Node& node_at(const Graph& graph, int index) { return graph.nodes[static_cast<std::size_t>(index)]; }

/// Where a code becomes t: level = (2 t - 1) / 3 in the official library.
double level_of(const Quantizer& quantizer, int t) {
  if (t > quantizer.top) return std::numeric_limits<double>::infinity();
  return (2 * t - 1) / (2 * quantizer.scale) - quantizer.offset;
}

/// The channel's threshold for that level, exactly as far as doubles are.
double threshold_of(const BatchNorm& norm, std::size_t channel, double scale, double level) {
  const double gamma = norm.gamma[channel], beta = norm.beta[channel], mean = norm.mean[channel];
  const double deviation = std::sqrt(norm.variance[channel] + norm.epsilon);
  if (std::isinf(level)) return gamma < 0 ? -edge : edge;
  if (gamma == 0) return beta >= level ? -edge : edge;
  const double reached = (mean + (level - beta) * deviation / gamma) / scale;
  return gamma > 0 ? std::ceil(reached) : std::floor(reached);
}

void require_one_scale(const Graph& graph, const Node& add, const std::vector<double>& a,
                       const std::vector<double>& b) {
  const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), is_same_scale);
  if (differs.first == a.end()) return;
  throw WorkloadError(
      fmt::format("{} adds channel {} of {}, which counts in {:.9g}, and of {}, which counts in {:.9g}; both must "
                  "count in the same",
                  add.name, differs.first - a.begin(), node_at(graph, add.inputs[0]).name, *differs.first,
                  node_at(graph, add.inputs[1]).name, *differs.second));
}

}  // namespace

double code_step(const Graph& graph, int codes) {
  const Node& origin = node_at(graph, origin_of(graph, codes));
  return origin.kind == NodeKind::activation ? origin.quantizer.step : 1.0;
}

bool is_same_scale(long double a, long double b) {
  return std::abs(a - b) <= same_scale * std::max(std::abs(a), std::abs(b));
}

std::vector<double> integer_scale(const Graph& graph, const Parameters& parameters, int node) {
  const Node& source = node_at(graph, node);
  if (source.kind == NodeKind::add || source.kind == NodeKind::upsampling)
    return integer_scale(graph, parameters, source.inputs.at(0));
  std::vector<double> scale = parameters.magnitude[static_cast<std::size_t>(node)];
  const double unit = code_step(graph, source.inputs.at(0));
  for (double& each : scale) each *= unit;
  return scale;
}

ChannelThresholds fold_channel(const BatchNorm& norm, std::size_t channel, double scale, const Quantizer& quantizer) {
  ChannelThresholds folded;
  folded.direction = norm.gamma[channel] < 0 ? -1 : 1;
  for (int t = 1; t <= 3; ++t)
    folded.thresholds[t - 1] = to_threshold(threshold_of(norm, channel, scale, level_of(quantizer, t)));
  return folded;
}

namespace {

std::vector<ChannelThresholds> folded(const Node& activation, const BatchNorm& norm, const std::vector<double>& scale) {
  if (norm.gamma.size() != scale.size())
    throw WorkloadError(fmt::format("{}: {} channels of {}, expected {}", activation.name, norm.gamma.size(),
                                    activation.batch_norm, scale.size()));
  std::vector<ChannelThresholds> thresholds;
  for (std::size_t c = 0; c < scale.size(); ++c)
    thresholds.push_back(fold_channel(norm, c, scale[c], activation.quantizer));
  return thresholds;
}

}  // namespace

IntegerNetwork without_weights(const Graph& graph) {
  IntegerNetwork network{graph, {}, {}, {}};
  network.weights.resize(graph.nodes.size());
  network.thresholds.resize(graph.nodes.size());
  network.map_scale.resize(graph.nodes.size());
  for (const Node& node : graph.nodes)
    if (node.kind == NodeKind::average_pool)
      network.logit_scale.assign(static_cast<std::size_t>(node.out.channels), 1.0);
  return network;
}

IntegerNetwork fold(const Graph& graph, Parameters parameters) {
  IntegerNetwork network{graph, {}, {}, {}};
  network.thresholds.resize(graph.nodes.size());
  network.map_scale.resize(graph.nodes.size());
  std::vector<std::vector<double>> scales(graph.nodes.size());  // of convolutions and sums
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const auto scale_of = [&](std::size_t input) -> const std::vector<double>& {
      return scales[static_cast<std::size_t>(node.inputs.at(input))];
    };
    if (node.kind == NodeKind::convolution) {
      scales[n] = integer_scale(graph, parameters, static_cast<int>(n));
      if (is_map(graph, static_cast<int>(n))) network.map_scale[n] = scales[n];
    } else if (node.kind == NodeKind::activation) {
      network.thresholds[n] = folded(node, parameters.batch_norm[n], scale_of(0));
    } else if (node.kind == NodeKind::add) {
      require_one_scale(graph, node, scale_of(0), scale_of(1));
      scales[n] = scale_of(0);
    } else if (node.kind == NodeKind::upsampling) {
      scales[n] = scale_of(0);
    } else if (node.kind == NodeKind::average_pool) {
      network.logit_scale = scale_of(0);
    }
  }
  network.weights = std::move(parameters.signs);
  return network;
}

}  // namespace ernsim::workloads
