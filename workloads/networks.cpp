#include "workloads/networks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "workloads/built_in_networks.h"
#include "workloads/error.h"
#include "workloads/network_file.h"

namespace ernsim::workloads {

namespace {

void check_side(const char* what, int side) {
  if (side < 1 || side > largest_side)
    throw WorkloadError(fmt::format("input {} {}: must be from 1 to {}", what, side, largest_side));
}

/// Outputs along an axis. Throws if no kernel fits, or if one would see padding alone.
int outputs(const Graph& graph, const Node& node, int dilation, int size, int before, int behind, std::size_t n) {
  const int field = field_of(node.kernel, dilation);
  const int most = std::max(before, behind), room = size + before + behind - field;
  if (most >= field)
    throw ShapeError(fmt::format("{}: {} rows or columns of padding are as much as its kernel of {}, which would see "
                                 "nothing else; padding must be less",
                                 node.name, most, field),
                     n);
  if (room < 0)
    throw ShapeError(
        fmt::format("{}: its kernel of {} does not fit into {} rows or columns with {} of padding, at an input "
                    "of {}x{}",
                    node.name, field, size, before + behind, graph.input_height, graph.input_width),
        n);
  return room / node.stride + 1;
}

/// Codes that are made outside are in memory as a whole.
Shape input_shape(const Graph& graph, const Node& node, std::size_t n) {
  constexpr std::int64_t most_codes_outside = 1 << 28;
  if (std::int64_t{node.out.channels} * graph.input_height * graph.input_width > most_codes_outside)
    throw ShapeError(fmt::format("{}: {} channels of {}x{}; an input may have {} values", node.name, node.out.channels,
                                 graph.input_height, graph.input_width, most_codes_outside),
                     n);
  return {node.out.channels, graph.input_height, graph.input_width};
}

Shape repeated(const Graph& graph, const Node& node, const Shape& in, std::size_t n) {
  const Shape made{in.channels, in.height * node.repetition, in.width * node.repetition};
  if (made.height > largest_side || made.width > largest_side)
    throw ShapeError(fmt::format("{}: a map of {}x{} at an input of {}x{}; may have {} rows and columns", node.name,
                                 made.height, made.width, graph.input_height, graph.input_width, largest_side),
                     n);
  return made;
}

void check_add(const Graph& graph, std::size_t n) {
  const Node& node = graph.nodes[n];
  const Shape& a = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))].out;
  const Shape& b = graph.nodes[static_cast<std::size_t>(node.inputs.at(1))].out;
  if (a.channels != b.channels || a.height != b.height || a.width != b.width)
    throw ShapeError(fmt::format("{} adds [{},{},{}] and [{},{},{}]; both must have the same shape", node.name,
                                 a.channels, a.height, a.width, b.channels, b.height, b.width),
                     n);
}

}  // namespace

std::vector<std::string> network_names() {
  std::vector<std::string> names;
  for (const BuiltInNetwork& each : built_in_network_files) names.emplace_back(each.name);
  return names;
}

bool is_network_file(const std::string& name) {
  const auto names = network_names();
  return std::find(names.begin(), names.end(), name) == names.end() && !is_network_toml(name) &&
         (name.find_first_of("./") != std::string::npos || std::filesystem::exists(name));
}

Graph build_network(const std::string& name, const NetworkOptions& options) try {
  NetworkPlan plan = load_plan(name, {});
  check_side("height", options.input_height);
  check_side("width", options.input_width);
  plan.input_height = options.input_height;
  plan.input_width = options.input_width;
  apply({name, "", "stem", options.stem}, plan);
  apply({name, "", "thermometer", std::int64_t{options.thermometer}}, plan);
  return build(plan);
} catch (const ConfigError& error) {
  throw WorkloadError(error.what());
}

std::vector<EmbeddingThresholds> thermometer(int codes) {
  const int step = 255 / (3 * codes);
  std::vector<EmbeddingThresholds> thresholds(static_cast<std::size_t>(codes));
  for (int i = 0; i < codes; ++i)
    for (int t = 0; t < 3; ++t)
      thresholds[static_cast<std::size_t>(i)][static_cast<std::size_t>(t)] =
          static_cast<std::uint8_t>(step * (codes * t + i + 1));
  return thresholds;
}

Shape shape_of(const Graph& graph, std::size_t n) {
  const Node& node = graph.nodes[n];
  if (node.kind == NodeKind::pixel_embedding || node.kind == NodeKind::code_input) return input_shape(graph, node, n);
  if (node.kind == NodeKind::add) check_add(graph, n);
  const Shape& in = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))].out;
  if (node.kind == NodeKind::average_pool) return {in.channels, 1, 1};
  if (node.kind == NodeKind::upsampling) return repeated(graph, node, in, n);
  if (node.kind != NodeKind::convolution) return in;
  return {node.out.channels,
          outputs(graph, node, node.dilation.rows, in.height, node.padding.top, node.padding.bottom, n),
          outputs(graph, node, node.dilation.columns, in.width, node.padding.left, node.padding.right, n)};
}

Graph resized(const Graph& graph, int input_height, int input_width) {
  check_side("height", input_height);
  check_side("width", input_width);
  Graph made = graph;
  made.input_height = input_height;
  made.input_width = input_width;
  for (std::size_t n = 0; n < made.nodes.size(); ++n) made.nodes[n].out = shape_of(made, n);
  return made;
}

}  // namespace ernsim::workloads
