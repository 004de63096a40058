#include "evaluation/executor.h"

#include <catch2/catch.hpp>

#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

using namespace ernsim;
using namespace ernsim::evaluation;
using workloads::NodeKind;

namespace {

workloads::IntegerNetwork network_of(const std::string& name, int height, int width, int thermometer) {
  const auto graph = workloads::build_network(name, {"released", height, width, thermometer});
  return workloads::fold(graph, workloads::seeded_parameters(graph, 3));
}

/// Values of a node's tensor that differ from the reference's.
std::size_t different(const Executor& executor, const workloads::Graph& graph, std::size_t n,
                      const std::vector<std::int32_t>& expected) {
  const auto& out = graph.nodes[n].out;
  const auto pixels = static_cast<std::size_t>(out.height) * static_cast<std::size_t>(out.width);
  const bool is_sum = graph.nodes[n].kind == NodeKind::add;
  std::size_t count = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    count += expected[i] != (is_sum ? executor.sums(n).value(i / pixels, i % pixels)
                                    : executor.codes(n).value(i / pixels, i % pixels))
                 ? 1
                 : 0;
  return count;
}

void check_all(const workloads::IntegerNetwork& network, int bits) {
  const auto& graph = network.graph;
  const auto image = workloads::generated_image(graph.input_height, graph.input_width, 5);
  const auto expected = workloads::execute_reference(network, image, bits);
  const PreparedNetwork prepared(network, bits, true);
  Executor executor(prepared);
  const Outcome& outcome = executor.run(image);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto kind = graph.nodes[n].kind;
    if (kind == NodeKind::convolution || kind == NodeKind::average_pool) continue;
    INFO(graph.nodes[n].name);
    CHECK(different(executor, graph, n, expected.values[n]) == 0);
  }
  std::int64_t wrapped = 0;
  for (const std::int64_t count : outcome.overflows) wrapped += count;
  CHECK(wrapped == expected.wrapped);
  for (std::size_t c = 0; c < prepared.classes(); ++c)
    CHECK(prepared.logit_scale()[c] * static_cast<double>(outcome.class_sums[c]) /
              static_cast<double>(prepared.pooled_pixels()) ==
          expected.logits[c]);
}

/// A sum that two activations read, whose codes a convolution reads as if they were one input; its sum too.
workloads::Graph branched() {
  auto graph = workloads::build_network("ERNs18x075", {"released", 19, 23, 4});
  graph.nodes.resize(1);
  const auto push = [&graph](NodeKind kind, std::vector<int> inputs, int channels, int kernel = 0) {
    workloads::Node node;
    node.kind = kind;
    node.name = "n" + std::to_string(graph.nodes.size());
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    node.kernel = kernel;
    node.padding = kernel / 2;
    node.role = workloads::ConvolutionRole::residual;
    graph.nodes.push_back(node);
    return static_cast<int>(graph.nodes.size()) - 1;
  };
  const auto activation = [&](int of) {
    const int made = push(NodeKind::activation, {of}, graph.nodes[static_cast<std::size_t>(of)].out.channels);
    graph.nodes.back().quantizer.step = 1;
    return made;
  };
  const auto sum = [&](int a, int b, int channels) {
    const int first = push(NodeKind::convolution, {a}, channels, 3),
              second = push(NodeKind::convolution, {b}, channels, 3);
    return push(NodeKind::add, {second, first}, channels);
  };
  const int stem = push(NodeKind::convolution, {0}, 12, 3), once = activation(stem), again = activation(stem);
  const int inner = sum(once, again, 70), left = activation(inner), right = activation(inner);
  const int outer = sum(left, right, 9);
  activation(outer);
  const int head = push(NodeKind::convolution, {activation(outer)}, 5, 1);
  graph.nodes.back().role = workloads::ConvolutionRole::logits;
  push(NodeKind::average_pool, {head}, 5);
  return workloads::resized(graph, 19, 23);
}

}  // namespace

TEST_CASE("Several activations of one sum, and sums of convolutions of two inputs, are as in the reference") {
  const auto graph = branched();
  const auto network = workloads::fold(graph, workloads::seeded_parameters(graph, 6));
  check_all(network, 16);
  check_all(network, 8);
  const PreparedNetwork lean(network, 16, false), keeping(network, 16, true);
  Executor a(lean), b(keeping);
  const auto image = workloads::generated_image(19, 23, 7);
  CHECK(a.run(image).class_sums == b.run(image).class_sums);
}

TEST_CASE("The executor gives every code, every sum and every logit of the reference") {
  const auto [name, height, width, thermometer] =
      GENERATE(std::make_tuple("ERNs18x075", 64, 96, 10), std::make_tuple("ERNs50", 32, 32, 32),
               std::make_tuple("ERNs18", 32, 64, 21));
  check_all(network_of(name, height, width, thermometer), 16);
}

TEST_CASE("Where sums leave the accumulators the executor wraps and counts each as the reference does") {
  const int bits = GENERATE(8, 10, 12);
  check_all(network_of("ERNs18x075", 32, 32, 10), bits);
}

TEST_CASE("Buffers that are used again give the same outcome, picture after picture") {
  const auto network = network_of("ERNs18x075", 64, 64, 10);
  const PreparedNetwork lean(network, 16, false), keeping(network, 16, true);
  CHECK(lean.maps() < keeping.maps());
  Executor a(lean), b(keeping);
  for (const std::uint64_t seed : {1, 2, 1}) {
    const auto image = workloads::generated_image(64, 64, seed);
    CHECK(a.run(image).class_sums == b.run(image).class_sums);
  }
}

TEST_CASE("Taps of dilated kernels, as far apart down as across or not, are those of the reference") {
  auto graph = workloads::build_network("ERNs18x075", {"released", 40, 33, 10});
  int dilated = 0;
  for (auto& node : graph.nodes)
    if (node.kernel == 3) {
      node.dilation = {1 + dilated % 3, 1 + dilated % 4};
      node.padding.top = node.padding.bottom = node.dilation.rows;
      node.padding.left = node.padding.right = node.dilation.columns;
      ++dilated;
    }
  const auto resized = workloads::resized(graph, 40, 33);
  const auto network = workloads::fold(resized, workloads::seeded_parameters(resized, 4));
  check_all(network, 16);
  check_all(network, 10);
}

TEST_CASE("Grey pictures, and padding that differs from side to side, are as in the reference") {
  auto graph = workloads::build_network("ERNs18x075", {"released", 40, 33, 10});
  graph.colours = 1;
  graph.nodes[0].out.channels = graph.thermometer;
  graph.nodes[1].padding.top = 0;
  graph.nodes[1].padding.right = 2;
  check_all(workloads::fold(graph, workloads::seeded_parameters(graph, 4)), 16);
}
