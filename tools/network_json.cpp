#include "tools/network_json.h"

#include <algorithm>

#include "output/rounded.h"
#include "workloads/counts.h"

namespace ernsim::tools {

using Json = nlohmann::ordered_json;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

namespace {

Json node_json(const Graph& graph, const Node& node) {
  Json inputs = Json::array();
  for (const int input : node.inputs) inputs.push_back(graph.nodes[static_cast<std::size_t>(input)].name);
  const bool is_convolution = node.kind == NodeKind::convolution;
  return {{"name", node.name},
          {"operation", name_of(node.kind)},
          {"inputs", inputs},
          {"shape", {node.out.channels, node.out.height, node.out.width}},
          {"kernel", is_convolution ? Json(node.kernel) : Json()},
          {"stride", is_convolution ? Json(node.stride) : Json()}};
}

}  // namespace

Json network_json(const Graph& graph) {
  const auto convolutions = std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                          [](const Node& node) { return node.kind == NodeKind::convolution; });
  return {{"name", graph.network},
          {"stem", graph.stem},
          {"input_size", {graph.input_height, graph.input_width}},
          {"thermometer", graph.thermometer},
          {"convolutions", convolutions},
          {"weight_bits", workloads::weight_bits(graph)},
          {"macs", workloads::macs(graph)},
          {"paper_gops", rounded(workloads::paper_gops(graph))}};
}

Json network_with_nodes_json(const Graph& graph) {
  Json made = network_json(graph);
  made["nodes"] = Json::array();
  for (const Node& node : graph.nodes) made["nodes"].push_back(node_json(graph, node));
  return made;
}

}  // namespace ernsim::tools
