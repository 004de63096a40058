#include <catch2/catch.hpp>

#include "tests/support/simulation.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

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
      network.weights[n] = {node.out.channels, in, node.kernel, {}};
      network.weights[n].negative.assign(static_cast<std::size_t>(node.out.channels * in * node.kernel * node.kernel),
                                         0);
      if (node.role == workloads::ConvolutionRole::logits)
        network.logit_scale.assign(static_cast<std::size_t>(node.out.channels), 1.0);
    } else if (node.kind == workloads::NodeKind::activation) {
      constexpr std::int32_t always = -(1 << 30);
      network.thresholds[n].assign(static_cast<std::size_t>(node.out.channels), {{always, always, always}, 1});
    }
  }
  return network;
}

}  // namespace

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
