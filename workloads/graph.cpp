#include "workloads/graph.h"

#include <algorithm>

namespace ernsim::workloads {

const char* name_of(NodeKind kind) {
  constexpr const char* names[] = {"pixel_embedding", "convolution", "activation", "add", "average_pool"};
  return names[static_cast<std::size_t>(kind)];
}

bool is_map(const Graph& graph, int node) {
  const Node& head = graph.nodes[static_cast<std::size_t>(node)];
  if (head.kind != NodeKind::convolution || head.role != ConvolutionRole::logits) return false;
  return std::none_of(graph.nodes.begin(), graph.nodes.end(), [node](const Node& each) {
    return each.kind == NodeKind::average_pool && each.inputs.front() == node;
  });
}

}  // namespace ernsim::workloads
