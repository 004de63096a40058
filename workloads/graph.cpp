#include "workloads/graph.h"

#include <algorithm>

namespace ernsim::workloads {

const char* name_of(NodeKind kind) {
  constexpr const char* names[] = {"pixel_embedding", "convolution", "activation", "add",
                                   "average_pool",    "upsampling",  "code_input"};
  return names[static_cast<std::size_t>(kind)];
}

int origin_of(const Graph& graph, int node) {
  while (graph.nodes[static_cast<std::size_t>(node)].kind == NodeKind::upsampling)
    node = graph.nodes[static_cast<std::size_t>(node)].inputs.at(0);
  return node;
}

bool reads_codes(const Graph& graph) {
  return !graph.nodes.empty() && graph.nodes.front().kind == NodeKind::code_input;
}

bool is_codes(const Graph& graph, int node) {
  const NodeKind kind = graph.nodes[static_cast<std::size_t>(origin_of(graph, node))].kind;
  return kind == NodeKind::pixel_embedding || kind == NodeKind::code_input || kind == NodeKind::activation;
}

bool is_map(const Graph& graph, int node) {
  const Node& head = graph.nodes[static_cast<std::size_t>(node)];
  if (head.kind != NodeKind::convolution || head.role != ConvolutionRole::logits) return false;
  return std::none_of(graph.nodes.begin(), graph.nodes.end(), [node](const Node& each) {
    return each.kind == NodeKind::average_pool && each.inputs.front() == node;
  });
}

}  // namespace ernsim::workloads
