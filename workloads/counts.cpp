#include "workloads/counts.h"

#include <algorithm>

namespace ernsim::workloads {

namespace {

std::int64_t elements(const Shape& shape) { return std::int64_t{shape.channels} * shape.height * shape.width; }

const Node& input_of(const Graph& graph, const Node& node) {
  return graph.nodes[static_cast<std::size_t>(node.inputs.at(0))];
}

std::int64_t weights_of(const Graph& graph, const Node& node) {
  return std::int64_t{node.kernel} * node.kernel * input_of(graph, node).out.channels * node.out.channels;
}

/// Elements of the sums at the end of stages 2 and 3: the last sums before the image size halves, but for the first
/// and the last stage.
std::int64_t unused_batch_norm_elements(const Graph& graph) {
  std::int64_t total = 0;
  int stage = 0;
  const Node* last = nullptr;
  for (const Node& node : graph.nodes) {
    if (node.kind != NodeKind::add) continue;
    if (last != nullptr && node.out.height != last->out.height && ++stage > 1) total += elements(last->out);
    last = &node;
  }
  return total;
}

}  // namespace

std::int64_t count_of(const Graph& graph, NodeKind kind) {
  return std::count_if(graph.nodes.begin(), graph.nodes.end(), [kind](const Node& node) { return node.kind == kind; });
}

std::int64_t weight_bits(const Graph& graph) {
  std::int64_t total = 0;
  for (const Node& node : graph.nodes)
    if (node.kind == NodeKind::convolution) total += weights_of(graph, node);
  return total;
}

std::int64_t macs(const Graph& graph) {
  std::int64_t total = 0;
  for (const Node& node : graph.nodes)
    if (node.kind == NodeKind::convolution) total += weights_of(graph, node) * node.out.height * node.out.width;
  return total;
}

double paper_gops(const Graph& graph) {
  std::int64_t operations = macs(graph) + 3 * unused_batch_norm_elements(graph);
  for (const Node& node : graph.nodes) {
    if (node.kind == NodeKind::activation) operations += 3 * elements(node.out);
    if (node.kind == NodeKind::average_pool) operations += elements(input_of(graph, node).out);
  }
  return 2 * static_cast<double>(operations) * 1e-9;
}

}  // namespace ernsim::workloads
