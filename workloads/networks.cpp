#include "workloads/networks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

/// One row of the table of networks (ERN paper, Table 1, and the official release).
struct Recipe {
  const char* name;
  bool bottleneck;
  std::array<int, 4> blocks;
  int last_width;  ///< width of stage 4 before the bottleneck's expansion
};

constexpr Recipe recipes[] = {
    {"ERNs18x075", false, {2, 2, 2, 2}, 384}, {"ERNs18", false, {2, 2, 2, 2}, 512},
    {"ERNs34", false, {3, 4, 6, 3}, 512},     {"ERNs50", true, {3, 4, 6, 3}, 512},
    {"ERNs101", true, {3, 4, 23, 3}, 512},
};
constexpr int classes = 1000;
constexpr int expansion = 4;

class Builder {
 public:
  Builder(const Recipe& recipe, const NetworkOptions& options) : recipe_(recipe) {
    graph_.network = recipe.name;
    graph_.stem = options.stem;
    graph_.thermometer = options.thermometer;
    graph_.embedding = thermometer(options.thermometer);
    graph_.input_height = options.input_height;
    graph_.input_width = options.input_width;
  }

  Graph build() {
    int node = stem();
    for (int stage = 0; stage < 4; ++stage)
      for (int block = 0; block < recipe_.blocks[static_cast<std::size_t>(stage)]; ++block)
        node = add_block(node, stage, block);
    node = activation(node, "backbone.last_act_layer4", "backbone.last_bn_layer4");
    node = convolution(node, "conv", classes, 1, 1, ConvolutionRole::logits);
    push(make(NodeKind::average_pool, "avg_pool", {node}));
    return resized(graph_, graph_.input_height, graph_.input_width);
  }

 private:
  /// Heights and widths are inferred at the end.
  static Node make(NodeKind kind, std::string name, std::vector<int> inputs, int channels = 0) {
    Node node;
    node.kind = kind;
    node.name = std::move(name);
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    return node;
  }

  int push(Node node) {
    graph_.nodes.push_back(std::move(node));
    return static_cast<int>(graph_.nodes.size()) - 1;
  }

  int convolution(int input, std::string name, int channels, int kernel, int stride, ConvolutionRole role) {
    Node node = make(NodeKind::convolution, std::move(name), {input}, channels);
    node.kernel = kernel;
    node.stride = stride;
    node.padding = kernel / 2;
    node.role = role;
    // What feeds a power-of-two scaled convolution keeps its integer codes: no post-scale (official release).
    if (role == ConvolutionRole::residual) graph_.nodes[static_cast<std::size_t>(input)].post_scale = false;
    return push(std::move(node));
  }

  int activation(int input, std::string name, std::string batch_norm) {
    Node node = make(NodeKind::activation, std::move(name), {input});
    node.batch_norm = std::move(batch_norm);
    return push(std::move(node));
  }

  int stem() {
    int node = push(make(NodeKind::pixel_embedding, "pixel_embedding", {}, 3 * graph_.thermometer));
    node = convolution(node, "backbone.conv1", 64, 3, 2, ConvolutionRole::activation);
    node = activation(node, "backbone.act1", "backbone.bn1");
    node = convolution(node, "backbone.conv2", 64, 3, 1, ConvolutionRole::activation);
    node = activation(node, "backbone.act2", "backbone.bn2");
    node = convolution(node, "backbone.conv_downsample", 64, 3, 2, ConvolutionRole::activation);
    node = activation(node, "backbone.act_downsample", "backbone.bn_downsample");
    if (graph_.stem == "paper") {  // not in the release, so its names are ours
      node = convolution(node, "backbone.conv_extra", 64, 3, 1, ConvolutionRole::activation);
      node = activation(node, "backbone.act_extra", "backbone.bn_extra");
    }
    return convolution(node, "backbone.conv1_2", 64, 1, 1, ConvolutionRole::activation);
  }

  int width(int stage) const { return stage == 3 ? recipe_.last_width : 64 << stage; }

  int add_block(int input, int stage, int block) {
    const std::string prefix = fmt::format("backbone.layer{}.{}.", stage + 1, block);
    const int first = recipe_.bottleneck ? 1 : 0;  // numbering of act and bn in the release
    const int stride = stage > 0 && block == 0 ? 2 : 1;
    const int channels = width(stage) * (recipe_.bottleneck ? expansion : 1);
    const auto act = [&](int node, int number) {
      return activation(node, fmt::format("{}act{}", prefix, number), fmt::format("{}bn{}", prefix, number));
    };
    int node = act(input, first);
    int residual = input;
    if (block == 0) residual = convolution(node, prefix + "downsample", channels, 1, stride, ConvolutionRole::residual);
    if (recipe_.bottleneck) {
      node = convolution(node, prefix + "conv1", width(stage), 1, 1, ConvolutionRole::activation);
      node = convolution(act(node, 2), prefix + "conv2", width(stage), 3, stride, ConvolutionRole::activation);
      node = convolution(act(node, 3), prefix + "conv3", channels, 1, 1, ConvolutionRole::residual);
    } else {
      node = convolution(node, prefix + "conv1", channels, 3, stride, ConvolutionRole::activation);
      node = convolution(act(node, 1), prefix + "conv2", channels, 3, 1, ConvolutionRole::residual);
    }
    return push(make(NodeKind::add, prefix + "add", {node, residual}));
  }

  const Recipe& recipe_;
  Graph graph_;
};

void check_side(const char* what, int side) {
  if (side < 32 || side > 512 || side % 32 != 0)
    throw WorkloadError(fmt::format("input {} {}: must be a multiple of 32 from 32 to 512", what, side));
}

void check(const NetworkOptions& options) {
  check_side("height", options.input_height);
  check_side("width", options.input_width);
  if (options.stem != "released" && options.stem != "paper")
    throw WorkloadError(fmt::format("stem '{}': must be released or paper", options.stem));
  if (options.thermometer != 10 && options.thermometer != 21 && options.thermometer != 32)
    throw WorkloadError(fmt::format("thermometer {}: must be 10, 21 or 32", options.thermometer));
}

/// Output shape of a node whose channel count is known where it cannot be derived.
Shape infer(const Graph& graph, const Node& node) {
  if (node.kind == NodeKind::pixel_embedding) return {node.out.channels, graph.input_height, graph.input_width};
  const Shape& in = graph.nodes[static_cast<std::size_t>(node.inputs.at(0))].out;
  if (node.kind == NodeKind::average_pool) return {in.channels, 1, 1};
  if (node.kind != NodeKind::convolution) return in;
  const auto side = [&node](int size) { return (size + 2 * node.padding - node.kernel) / node.stride + 1; };
  return {node.out.channels, side(in.height), side(in.width)};
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
  for (const Recipe& recipe : recipes) names.emplace_back(recipe.name);
  return names;
}

bool is_network_file(const std::string& name) {
  const auto names = network_names();
  return std::find(names.begin(), names.end(), name) == names.end() &&
         (name.find_first_of("./") != std::string::npos || std::filesystem::exists(name));
}

Graph build_network(const std::string& name, const NetworkOptions& options) {
  check(options);
  const auto* found =
      std::find_if(std::begin(recipes), std::end(recipes), [&name](const Recipe& r) { return name == r.name; });
  if (found == std::end(recipes))
    throw WorkloadError(fmt::format("no network '{}': there are {}, or a path to an .onnx file", name,
                                    fmt::join(network_names(), ", ")));
  return Builder(*found, options).build();
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

Graph resized(const Graph& graph, int input_height, int input_width) {
  check_side("height", input_height);
  check_side("width", input_width);
  Graph made = graph;
  made.input_height = input_height;
  made.input_width = input_width;
  for (std::size_t n = 0; n < made.nodes.size(); ++n) {
    made.nodes[n].out = infer(made, made.nodes[n]);
    if (made.nodes[n].kind == NodeKind::add) check_add(made, n);
  }
  return made;
}

}  // namespace ernsim::workloads
