#include "compiler/layer_plan.h"

#include <catch2/catch.hpp>
#include <set>

#include "compiler/compile.h"
#include "workloads/networks.h"

// Which convolution completes which sum.

using namespace ernsim;
using compiler::CompileError;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

namespace {

int push(Graph& graph, NodeKind kind, const std::vector<int>& inputs, int channels = 5) {
  Node node;
  node.kind = kind;
  node.name = "n" + std::to_string(graph.nodes.size());
  node.inputs = inputs;
  node.out.channels = channels;
  node.kernel = 1;
  graph.nodes.push_back(node);
  return static_cast<int>(graph.nodes.size()) - 1;
}

/// Up to the codes that convolutions n3, n4 and so on read.
Graph stem() {
  Graph graph;
  graph.thermometer = 1;
  graph.embedding = workloads::thermometer(1);
  push(graph, NodeKind::pixel_embedding, {}, 3);
  push(graph, NodeKind::convolution, {0});
  push(graph, NodeKind::activation, {1});
  return graph;
}

Graph ended(Graph graph, int sum) {
  push(graph, NodeKind::convolution, {push(graph, NodeKind::activation, {sum})});
  return workloads::resized(graph, 4, 4);
}

/// The sum of three convolutions, each of which completes what is before it.
Graph one_by_one() {
  Graph graph = stem();
  int sum = push(graph, NodeKind::convolution, {2});
  for (int i = 0; i < 2; ++i) sum = push(graph, NodeKind::add, {push(graph, NodeKind::convolution, {2}), sum});
  return ended(graph, sum);
}

/// The same with all convolutions in front of both sums.
Graph convolutions_first() {
  Graph graph = stem();
  for (int i = 0; i < 3; ++i) push(graph, NodeKind::convolution, {2});
  push(graph, NodeKind::add, {4, 3});
  return ended(graph, push(graph, NodeKind::add, {5, 6}));
}

}  // namespace

TEST_CASE("Each sum of a chain is completed by a layer of its own") {
  std::multiset<int> added;
  for (const auto& layer : compiler::plan_layers(one_by_one())) added.insert(layer.residual);
  CHECK((added.count(3) == 1 && added.count(5) == 1));
}

TEST_CASE("A sum that no convolution completes is refused by its name, and not left out") {
  CHECK_THROWS_MATCHES(compiler::plan_layers(convolutions_first()), CompileError,
                       Catch::Matchers::Predicate<CompileError>([](const CompileError& error) {
                         return std::string(error.what()).rfind("n7: n6, which comes last of what it adds", 0) == 0;
                       }));
}
