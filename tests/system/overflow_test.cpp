#include <catch2/catch.hpp>

#include "tests/support/simulation.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"
#include "workloads/sum_range.h"

// ERNs34's residual sums can reach 42,240, which 16 bits do not hold.

using namespace ernsim;

namespace {

/// All weights +1 and all codes 3: every residual sum is as large as it can be.
workloads::IntegerNetwork largest_sums(const workloads::Graph& graph) {
  workloads::IntegerNetwork network{graph, {}, {}, {}};
  network.weights.resize(graph.nodes.size());
  network.thresholds.resize(graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto& node = graph.nodes[n];
    if (node.kind == workloads::NodeKind::convolution) {
      const int in = graph.nodes[static_cast<std::size_t>(node.inputs[0])].out.channels;
      network.weights[n] = {node.out.channels, in, node.kernel};
      if (node.role == workloads::ConvolutionRole::logits)
        network.logit_scale.assign(static_cast<std::size_t>(node.out.channels), 1.0);
    } else if (node.kind == workloads::NodeKind::activation) {
      constexpr std::int32_t always = -(1 << 30);
      network.thresholds[n].assign(static_cast<std::size_t>(node.out.channels), {{always, always, always}, 1});
    }
  }
  return network;
}

/// A 3x3 convolution on ten codes a colour, and one to ten classes, every second weight -1. All codes in between are 3.
workloads::IntegerNetwork balanced() {
  workloads::Graph graph;
  graph.network = "balanced";
  graph.embedding = workloads::thermometer(graph.thermometer);
  graph.input_height = graph.input_width = 32;
  const auto node = [&graph](workloads::NodeKind kind, const char* name, std::vector<int> inputs, int channels) {
    workloads::Node& made = graph.nodes.emplace_back();
    made.kind = kind;
    made.name = name;
    made.inputs = std::move(inputs);
    made.out = {channels, 32, 32};
    made.kernel = kind == workloads::NodeKind::convolution ? 3 : 0;
    made.padding = made.kernel / 2;
  };
  node(workloads::NodeKind::pixel_embedding, "pixel_embedding", {}, 30);
  node(workloads::NodeKind::convolution, "first", {0}, 64);
  node(workloads::NodeKind::activation, "act", {1}, 64);
  node(workloads::NodeKind::convolution, "conv", {2}, 10);
  graph.nodes.back().role = workloads::ConvolutionRole::logits;
  node(workloads::NodeKind::average_pool, "pool", {3}, 10);
  graph.nodes.back().out = {10, 1, 1};
  auto network = largest_sums(graph);
  for (workloads::SignWeights& weights : network.weights)
    for (std::size_t i = 0; i < weights.size(); i += 2) weights.set_negative(i);
  return network;
}

int bits_needed(const workloads::IntegerNetwork& network) {
  workloads::SumRange range;
  for (const auto& each : workloads::sum_ranges(network.graph, count_signs(network.graph, network.weights)))
    range = hull(range, each);
  return workloads::bits_needed(range);
}

std::int64_t overflows(const workloads::IntegerNetwork& network, int bits) {
  PlatformConfig config;
  config.accelerator.memory.accumulator_bits = bits;
  const auto& graph = network.graph;
  return test::simulate(network, workloads::generated_image(graph.input_height, graph.input_width, 1), config)
      .result.overflows;
}

}  // namespace

TEST_CASE("ERNs18 with the largest sums does not overflow the bits that it needs") {
  const auto network = largest_sums(workloads::build_network("ERNs18", {"released", 64, 64, 10}));
  CHECK(overflows(network, bits_needed(network)) == 0);
}

TEST_CASE("ERNs18 with the largest sums overflows with a bit less than it needs") {
  const auto network = largest_sums(workloads::build_network("ERNs18", {"released", 64, 64, 10}));
  CHECK(overflows(network, bits_needed(network) - 1) > 0);
}

TEST_CASE("channels that only fill a block do not overflow where no channel of the network can") {
  const auto network = balanced();
  CHECK(bits_needed(network) == 11);  // 288 weights of each sign, times 3
  CHECK(overflows(network, 11) == 0);
}

TEST_CASE("ERNs34's residual sums overflow 16 bits, wrap as two's complement and are counted") {
  const auto network = largest_sums(workloads::build_network("ERNs34", {"released", 128, 128, 10}));
  const auto image = workloads::generated_image(128, 128, 1);
  const auto wrapped = workloads::execute_reference(network, image, 16);
  const auto exact = workloads::execute_reference(network, image, 0);
  REQUIRE(wrapped.wrapped > 0);
  const auto simulated = test::simulate(network, image);
  CHECK(simulated.result.overflows > 0);
  std::int32_t largest = 0;
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n) {
    const auto& node = network.graph.nodes[n];
    if (node.kind != workloads::NodeKind::add) continue;
    INFO(node.name);
    for (const std::int32_t sum : exact.values[n]) largest = std::max(largest, sum);
    if (simulated.tensors.count(node.name) != 0) CHECK((simulated.tensors.at(node.name) == wrapped.values[n]));
  }
  CHECK(largest == 42240);  // the published worst case
}

TEST_CASE("with one more bit ERNs34 cannot overflow") {
  const auto network = largest_sums(workloads::build_network("ERNs34", {"released", 128, 128, 10}));
  CHECK(workloads::execute_reference(network, workloads::generated_image(128, 128, 1), 17).wrapped == 0);
}

TEST_CASE("ERNs18 with the largest sums does not overflow") {
  const auto network = largest_sums(workloads::build_network("ERNs18", {"released", 128, 128, 10}));
  CHECK(test::simulate(network, workloads::generated_image(128, 128, 1)).result.overflows == 0);
}
