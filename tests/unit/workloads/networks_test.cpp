#include "workloads/networks.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/golden_set.h"
#include "tests/support/reference.h"
#include "tests/unit/workloads/refusal.h"

using namespace ernsim;
using namespace ernsim::workloads;
using Catch::Matchers::Contains;

namespace {

const char* const released_networks[] = {"ERNs18x075", "ERNs18", "ERNs34", "ERNs50", "ERNs101"};

const Node& node_at(const Graph& graph, int index) { return graph.nodes.at(static_cast<std::size_t>(index)); }

std::vector<std::string> input_names(const Graph& graph, const Node& node) {
  std::vector<std::string> names;
  for (const int input : node.inputs) names.push_back(node_at(graph, input).name);
  return names;
}

std::string kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::pixel_embedding:
      return "pixel_embedding";
    case NodeKind::convolution:
      return "conv";
    case NodeKind::activation:
      return "bn_act";
    case NodeKind::add:
      return "add";
    case NodeKind::code_input:
      return "input";
    case NodeKind::upsampling:
      return "Upsampling";
    case NodeKind::average_pool:
      return "avgpool";
  }
  return "unknown";
}

std::string role_name(ConvolutionRole role) {
  switch (role) {
    case ConvolutionRole::activation:
      return "bn_act";
    case ConvolutionRole::residual:
      return "residual";
    case ConvolutionRole::logits:
      return "logits";
  }
  return "unknown";
}

/// A node in the words of the official graph's file.
nlohmann::json described(const Graph& graph, const Node& node) {
  nlohmann::json made{{"name", node.name}, {"kind", kind_name(node.kind)}, {"inputs", input_names(graph, node)}};
  if (node.kind == NodeKind::pixel_embedding) made["inputs"] = {"input"};
  if (node.kind == NodeKind::convolution) {
    made["in_channels"] = node_at(graph, node.inputs.at(0)).out.channels;
    made["out_channels"] = node.out.channels;
    made["kernel"] = node.kernel;
    made["stride"] = node.stride;
    made["padding"] = node.padding.top;
    made["role"] = role_name(node.role);
  }
  if (node.kind == NodeKind::activation) {
    made["channels"] = node.out.channels;
    made["bn"] = node.batch_norm;
    made["post_scale"] = node.post_scale();
  }
  return made;
}

void check_nodes(const Graph& graph, nlohmann::json official) {
  REQUIRE(graph.nodes.size() == official.size());
  for (std::size_t i = 0; i < official.size(); ++i) {
    for (const char* not_ours : {"index", "key", "weight_quantizer", "p"}) official[i].erase(not_ours);
    CHECK(described(graph, graph.nodes[i]) == official[i]);
  }
}

void check_nodes_equal_official_graph(const std::string& name) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  std::ifstream file(*folder + "/" + name + "_graph.json");
  check_nodes(build_network(name, {}), nlohmann::json::parse(file).at("nodes"));
}

void check_shapes_equal_set(const std::string& part, int height, int width) {
  const test::GoldenSet set;
  for (const Node& node : build_network("ERNs18x075", {"released", height, width, 10}).nodes) {
    if (node.kind == NodeKind::average_pool) continue;
    INFO(node.name);
    CHECK(set.array(part, test::array_name(node)).at("shape") ==
          nlohmann::json{node.out.channels, node.out.height, node.out.width});
  }
}

/// The golden file holds an array of every node but the pool.
void check_shapes_equal_official_tensors(const std::string& name) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const auto golden = test::read_golden(*folder, name, "golden_64x96");
  const Graph graph = build_network(name, {"released", 64, 96, 10});
  for (const Node& node : graph.nodes) {
    if (node.kind == NodeKind::average_pool) continue;
    INFO(node.name);
    const auto* array = golden.find(node.name, node.kind == NodeKind::convolution ? "acc" : "out");
    REQUIRE(array != nullptr);
    const std::vector<std::size_t> shape{static_cast<std::size_t>(node.out.channels),
                                         static_cast<std::size_t>(node.out.height),
                                         static_cast<std::size_t>(node.out.width)};
    CHECK(shape == array->shape);
  }
}

/// Everything a graph says, as text.
std::string everything(const Graph& graph) {
  nlohmann::json made{{"network", graph.network},         {"stem", graph.stem},
                      {"thermometer", graph.thermometer}, {"embedding", graph.embedding},
                      {"height", graph.input_height},     {"width", graph.input_width}};
  for (const Node& node : graph.nodes)
    made["nodes"].push_back({node.name, kind_name(node.kind), node.inputs, node.out.channels, node.out.height,
                             node.out.width, node.kernel, node.stride, node.padding.top, role_name(node.role),
                             node.batch_norm, node.post_scale()});
  return made.dump(1);
}

std::string refusal(const std::string& name, const NetworkOptions& options) {
  return test::refusal_of([&] { build_network(name, options); });
}

void check_side_refused(const char* what, int side, const std::string& text) {
  INFO(text);
  CHECK(test::is_one_line(text));
  CHECK_THAT(text, Contains(what) && Contains(std::to_string(side)) && Contains("from 1 to 2048"));
}

}  // namespace

TEST_CASE("ERNs18x075 equals the official graph node by node") {
  check_nodes(build_network("ERNs18x075", {}), test::GoldenSet().nodes());
}

TEST_CASE("ERNs50 equals the official graph node by node") { check_nodes_equal_official_graph("ERNs50"); }

TEST_CASE("the shapes of ERNs18x075 equal those of the official tensors") {
  check_shapes_equal_set("64x64", 64, 64);
  check_shapes_equal_set("64x96", 64, 96);
}

TEST_CASE("the shapes of ERNs50 equal those of the official tensors at 64x96") {
  check_shapes_equal_official_tensors("ERNs50");
}

TEST_CASE("the five released networks are listed, smallest first") {
  const std::vector<std::string> expected(std::begin(released_networks), std::end(released_networks));
  CHECK(network_names() == expected);
}

TEST_CASE("every network has the blocks and widths of its row in the paper's table") {
  struct Row {
    const char* name;
    bool bottleneck;
    std::array<int, 4> blocks;
    std::array<int, 4> widths;
  };
  const Row rows[] = {{"ERNs18x075", false, {2, 2, 2, 2}, {64, 128, 256, 384}},
                      {"ERNs18", false, {2, 2, 2, 2}, {64, 128, 256, 512}},
                      {"ERNs34", false, {3, 4, 6, 3}, {64, 128, 256, 512}},
                      {"ERNs50", true, {3, 4, 6, 3}, {256, 512, 1024, 2048}},
                      {"ERNs101", true, {3, 4, 23, 3}, {256, 512, 1024, 2048}}};
  for (const Row& row : rows) {
    INFO(row.name);
    const Graph graph = build_network(row.name, {});
    std::vector<std::string> found, expected;
    for (const Node& node : graph.nodes)
      if (node.kind == NodeKind::add)
        found.push_back(node.name + " " + std::to_string(node.out.channels) + " " + std::to_string(node.out.height));
    for (std::size_t stage = 0; stage < 4; ++stage)
      for (int block = 0; block < row.blocks[stage]; ++block)
        expected.push_back("backbone.layer" + std::to_string(stage + 1) + "." + std::to_string(block) + ".add " +
                           std::to_string(row.widths[stage]) + " " + std::to_string(64 >> stage));
    CHECK(found == expected);
    const bool third = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                   [](const Node& node) { return node.name == "backbone.layer1.0.conv3"; });
    CHECK(third == row.bottleneck);
  }
}

TEST_CASE("every node comes after its inputs and has a name of its own") {
  for (const char* name : released_networks) {
    const Graph graph = build_network(name, {"paper", 256, 256, 10});
    std::set<std::string> names;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      CHECK(names.insert(graph.nodes[i].name).second);
      for (const int input : graph.nodes[i].inputs) {
        CHECK(input >= 0);
        CHECK(static_cast<std::size_t>(input) < i);
      }
    }
  }
}

TEST_CASE("every convolution is 1x1 or 3x3 with half its kernel as padding and 64s of channels") {
  for (const char* name : released_networks) {
    for (const Node& node : build_network(name, {"paper", 256, 256, 10}).nodes) {
      if (node.kind != NodeKind::convolution) continue;
      INFO(name << ' ' << node.name);
      CHECK((node.kernel == 1 || node.kernel == 3));
      CHECK((node.stride == 1 || node.stride == 2));
      CHECK((node.padding == node.kernel / 2));
      CHECK((node.role == ConvolutionRole::logits ? node.out.channels == 1000 : node.out.channels % 64 == 0));
    }
  }
}

TEST_CASE("every side from 1 to 2048 is an input side, halved upwards by every convolution with stride 2") {
  for (const int side : {1, 2, 5, 31, 33, 100, 255, 544, 1088, 1920, 2048}) {
    const Graph graph = build_network("ERNs18x075", {"released", side, 2049 - side, 10});
    CHECK(graph.nodes.front().out.height == side);
    CHECK(graph.nodes.front().out.width == 2049 - side);
    const Shape& last = graph.nodes.at(graph.nodes.size() - 2).out;
    CHECK(last.height == (side + 31) / 32);
    CHECK(last.width == (2049 - side + 31) / 32);
  }
}

TEST_CASE("every other input side is refused by one line that names it") {
  const Graph graph = build_network("ERNs18", {});
  for (const int side : {-32, -1, 0, 2049, 65535}) {
    check_side_refused("height", side, refusal("ERNs18", {"released", side, 64, 10}));
    check_side_refused("width", side, refusal("ERNs18", {"released", 64, side, 10}));
    check_side_refused("height", side, test::refusal_of([&] { resized(graph, side, 64); }));
    check_side_refused("width", side, test::refusal_of([&] { resized(graph, 64, side); }));
  }
}

TEST_CASE("a kernel that does not fit, and one that would see padding alone, are refused by name") {
  Graph graph = build_network("ERNs18", {"released", 3, 3, 10});
  graph.nodes[1].padding = 0;
  graph.nodes[1].kernel = 4;
  CHECK_THAT(test::refusal_of([&] { resized(graph, 3, 8); }),
             Contains("backbone.conv1") && Contains("kernel of 4 does not fit into 3"));
  CHECK(test::refusal_of([&] { resized(graph, 4, 8); }).empty());
  graph.nodes[1].padding.right = 4;
  CHECK_THAT(test::refusal_of([&] { resized(graph, 8, 8); }), Contains("backbone.conv1") && Contains("nothing else"));
}

TEST_CASE("an unknown network is refused by one line that lists those that exist") {
  for (const char* unknown : {"ERNs19", "", "erns18", "ERNs18 ", "ERNs"}) {
    const std::string text = refusal(unknown, {});
    INFO(text);
    CHECK(test::is_one_line(text));
    CHECK_THAT(text, Contains("'" + std::string(unknown) + "'"));
    for (const char* existing : released_networks) CHECK_THAT(text, Contains(existing));
  }
}

TEST_CASE("an unknown stem is refused by one line that names both") {
  for (const char* unknown : {"", "Paper", "none"}) {
    const std::string text = refusal("ERNs18", {unknown, 256, 256, 10});
    CHECK(test::is_one_line(text));
    CHECK_THAT(text, Contains("released") && Contains("paper"));
  }
}

TEST_CASE("thermometers of 10, 21 and 32 codes embed into 30, 63 and 96 channels") {
  for (const int codes : {10, 21, 32}) {
    const Graph graph = build_network("ERNs18", {"released", 256, 256, codes});
    CHECK(graph.thermometer == codes);
    CHECK(graph.embedding.size() == static_cast<std::size_t>(codes));
    CHECK(graph.nodes.front().out.channels == (codes == 10 ? 30 : codes == 21 ? 63 : 96));
  }
}

TEST_CASE("a thermometer of less than one or more than 32 codes is refused by one line that says so") {
  for (const int codes : {-10, 0, 33, 63}) {
    const std::string text = refusal("ERNs18", {"released", 256, 256, codes});
    CHECK(test::is_one_line(text));
    CHECK_THAT(text, Contains(std::to_string(codes)) && Contains("from 1 to 32"));
  }
}

TEST_CASE("the thresholds of the official thermometer are 80 t + 8 (i + 1)") {
  const auto thresholds = thermometer(10);
  REQUIRE(thresholds.size() == 10);
  for (int i = 0; i < 10; ++i)
    for (int t = 0; t < 3; ++t)
      CHECK(int{thresholds[static_cast<std::size_t>(i)][static_cast<std::size_t>(t)]} == 80 * t + 8 * (i + 1));
}

TEST_CASE("the thresholds of every thermometer divide the colour values into equal steps") {
  for (const auto& [codes, step] : {std::pair(10, 8), std::pair(21, 4), std::pair(32, 2)}) {
    std::vector<int> all;
    for (const auto& each : thermometer(codes)) {
      CHECK(int{each[0]} < int{each[1]});
      CHECK(int{each[1]} < int{each[2]});
      all.insert(all.end(), each.begin(), each.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<int> expected;
    for (int i = 1; i <= 3 * codes; ++i) expected.push_back(i * step);
    CHECK(all == expected);
    CHECK(all.back() < 255);
  }
}

TEST_CASE("the paper's stem has exactly one more convolution, 3x3 from 64 to 64 channels, and its activation") {
  for (const char* name : released_networks) {
    INFO(name);
    const Graph paper = build_network(name, {"paper", 256, 256, 10});
    const Graph released = build_network(name, {});
    std::set<std::string> names;
    for (const Node& node : released.nodes) names.insert(node.name);
    std::vector<Node> extra;
    for (const Node& node : paper.nodes)
      if (names.count(node.name) == 0) extra.push_back(node);
    REQUIRE(extra.size() == 2);
    CHECK(paper.nodes.size() == released.nodes.size() + 2);
    const Node& convolution = extra[0];
    CHECK(convolution.kind == NodeKind::convolution);
    CHECK(convolution.kernel == 3);
    CHECK(convolution.stride == 1);
    CHECK(convolution.role == ConvolutionRole::activation);
    CHECK(convolution.out.channels == 64);
    CHECK(convolution.out.height == 64);
    CHECK(input_names(paper, convolution) == std::vector<std::string>{"backbone.act_downsample"});
    CHECK(node_at(paper, convolution.inputs.at(0)).out.channels == 64);
    CHECK(extra[1].kind == NodeKind::activation);
    CHECK(extra[1].post_scale());
    CHECK(input_names(paper, extra[1]) == std::vector<std::string>{convolution.name});
  }
}

TEST_CASE("but for the extra convolution the paper's stem changes nothing") {
  for (const char* name : released_networks) {
    const Graph released = build_network(name, {});
    Graph paper = build_network(name, {"paper", 256, 256, 10});
    constexpr std::size_t at = 7;  // behind backbone.act_downsample
    paper.nodes.erase(paper.nodes.begin() + at, paper.nodes.begin() + at + 2);
    for (std::size_t i = at; i < paper.nodes.size(); ++i)
      for (int& input : paper.nodes[i].inputs) input -= 2;
    paper.stem = "released";
    CHECK(everything(paper) == everything(released));
  }
}

TEST_CASE("a resized network equals the one built at that size") {
  for (const char* name : released_networks)
    for (const char* stem : {"released", "paper"})
      for (const int codes : {10, 32})
        for (const auto& [height, width] : {std::pair(32, 32), std::pair(64, 96), std::pair(224, 512)}) {
          const Graph small = build_network(name, {stem, height, width, codes});
          const Graph large = build_network(name, {stem, 320, 288, codes});
          CHECK(everything(resized(large, height, width)) == everything(small));
          CHECK(everything(resized(small, 320, 288)) == everything(large));
          CHECK(everything(small) != everything(large));
        }
}
