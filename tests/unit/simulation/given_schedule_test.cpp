#include "simulation/given_schedule.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "config/user_error.h"
#include "workloads/networks.h"

// A schedule from a file belongs to the network that it is given for.

using namespace ernsim;
using Catch::Matchers::Contains;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

namespace {

Graph network() { return workloads::build_network("ERNs18x075", {"released", 32, 32, 4}); }

Node& first(Graph& graph, NodeKind kind) {
  return *std::find_if(graph.nodes.begin(), graph.nodes.end(), [=](const Node& node) { return node.kind == kind; });
}

/// The network with a map that reads the codes of its first sum: those that the next block does, or, `further`, others.
Graph with_map(bool further) {
  Graph graph = network();
  const std::vector<int> sum{static_cast<int>(&first(graph, NodeKind::add) - graph.nodes.data())};
  const auto own = std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) {
    return node.kind == NodeKind::activation && node.inputs == sum;
  });
  Node codes = *own, map;
  codes.name = "other";
  map.name = "map";
  map.inputs = {static_cast<int>(further ? graph.nodes.end() - graph.nodes.begin() : own - graph.nodes.begin())};
  map.out.channels = 3;
  map.kernel = 1;
  map.role = workloads::ConvolutionRole::logits;
  if (further) graph.nodes.push_back(codes);
  graph.nodes.push_back(map);
  return workloads::resized(graph, 32, 32);
}

/// Why the schedule of one network is refused for another; empty if it is not.
std::string refusal(const Graph& compiled, const Graph& run) try {
  const PlatformConfig platform;
  check({"file", compiler::compile(compiled, platform)}, run, platform);
  return {};
} catch (const UserError& error) {
  return error.what();
}

Graph renamed(Graph graph, NodeKind kind) {
  first(graph, kind).name = "renamed";
  return graph;
}

}  // namespace

TEST_CASE("The schedule that was compiled of a network fits it, with all its activations") {
  CHECK(refusal(network(), network()).empty());
  CHECK(refusal(with_map(true), with_map(true)).empty());
}

TEST_CASE("A schedule without one of the network's layers, or with one more, is refused") {
  CHECK_THAT(refusal(with_map(false), with_map(true)), Contains("file: the schedule has no layer other"));
  CHECK_THAT(refusal(with_map(false), network()), Contains("file: the schedule has ") && Contains(" layers, "));
}

TEST_CASE("A schedule that gives other codes, or other sums, than the network's layer is refused with both") {
  CHECK_THAT(refusal(renamed(network(), NodeKind::activation), network()), Contains("codes \"renamed\""));
  CHECK_THAT(refusal(renamed(network(), NodeKind::add), network()), Contains("sums \"renamed\""));
}

TEST_CASE("A schedule of another wiring, whose layers have the same shapes and names, is refused with both") {
  const auto chain = [](int read) {
    Graph graph;
    graph.network = "chain";
    graph.thermometer = 1;
    graph.embedding = workloads::thermometer(1);
    const auto push = [&graph](NodeKind kind, std::vector<int> inputs, int channels) {
      Node node;
      node.kind = kind;
      node.name = "n" + std::to_string(graph.nodes.size());
      node.inputs = std::move(inputs);
      node.out.channels = channels;
      node.kernel = 1;
      graph.nodes.push_back(node);
      return static_cast<int>(graph.nodes.size()) - 1;
    };
    int codes = push(NodeKind::pixel_embedding, {}, 3);
    for (int i = 0; i < 3; ++i) codes = push(NodeKind::activation, {push(NodeKind::convolution, {codes}, 5)}, 5);
    push(NodeKind::convolution, {read}, 4);
    graph.nodes.back().role = workloads::ConvolutionRole::logits;
    push(NodeKind::convolution, {codes}, 4);
    graph.nodes.back().role = workloads::ConvolutionRole::logits;
    return workloads::resized(graph, 6, 6);
  };
  CHECK(refusal(chain(2), chain(2)).empty());
  CHECK(refusal(chain(2), chain(4)) ==
        "file: the schedule does not fit: its layer n7 reads \"n2\" and adds \"\", that of chain \"n4\" and \"\"");
}
