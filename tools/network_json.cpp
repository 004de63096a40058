#include "tools/network_json.h"

#include "output/rounded.h"
#include "workloads/counts.h"

namespace ernsim::tools {

using Json = nlohmann::ordered_json;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

namespace {

Json node_json(const Graph& graph, const Node& node) {
  const bool is_convolution = node.kind == NodeKind::convolution;
  return {{"name", node.name},
          {"operation", name_of(node.kind)},
          {"inputs", input_names(graph, node)},
          {"shape", shape_json(node.out)},
          {"kernel", is_convolution ? Json(node.kernel) : Json()},
          {"stride", is_convolution ? Json(node.stride) : Json()},
          {"dilation", is_convolution ? Json{node.dilation.rows, node.dilation.columns} : Json()},
          {"repetition", node.kind == NodeKind::upsampling ? Json(node.repetition) : Json()}};
}

}  // namespace

std::vector<std::string> input_names(const Graph& graph, const Node& node) {
  std::vector<std::string> names;
  for (const int input : node.inputs) names.push_back(graph.nodes.at(static_cast<std::size_t>(input)).name);
  return names;
}

Json shape_json(const workloads::Shape& shape) { return {shape.channels, shape.height, shape.width}; }

Json network_json(const Graph& graph) {
  return {{"name", graph.network},
          {"stem", graph.stem},
          {"input_size", {graph.input_height, graph.input_width}},
          {"thermometer", graph.thermometer},
          {"convolutions", count_of(graph, NodeKind::convolution)},
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
