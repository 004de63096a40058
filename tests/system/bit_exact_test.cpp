#include <catch2/catch.hpp>

#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

// The simulated accelerator against the independent integer reference, away from the default configuration.
// Each test elaborates one model.

using namespace ernsim;

namespace {

workloads::IntegerNetwork seeded(const std::string& name, const workloads::NetworkOptions& options,
                                 std::uint64_t seed) {
  const auto graph = workloads::build_network(name, options);
  return workloads::fold(graph, workloads::seeded_parameters(graph, seed));
}

/// Every tensor of the run and every convolution's accumulators, where they are by themselves, equal the reference's.
void check_equal(const workloads::IntegerNetwork& network, const workloads::Image& image,
                 const PlatformConfig& config = {}, const RunOptions& options = {}) {
  const auto simulated = test::simulate(network, image, config, options);
  const auto bits = static_cast<int>(config.accelerator.memory.accumulator_bits);
  const auto reference = workloads::execute_reference(network, image, bits);
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n) {
    const auto& node = network.graph.nodes[n];
    if (node.kind == workloads::NodeKind::average_pool) continue;
    INFO(node.name);
    const bool convolution = node.kind == workloads::NodeKind::convolution;
    const auto& tensors = convolution ? simulated.accumulators : simulated.tensors;
    if (convolution && simulated.fused.count(node.name) == 1) continue;
    REQUIRE(tensors.count(node.name) == 1);
    CHECK((tensors.at(node.name) == reference.values[n]));
  }
  REQUIRE(simulated.result.logits.size() == reference.logits.size());
  for (std::size_t i = 0; i < reference.logits.size(); ++i)
    REQUIRE(simulated.result.logits[i] == static_cast<float>(reference.logits[i]));
}

void check_configuration(int block_channels, int lanes, LaneMapping mapping, const char* network = "ERNs18x075") {
  PlatformConfig config;
  config.accelerator.convolution.block_channels = block_channels;
  config.accelerator.convolution.lanes = lanes;
  config.accelerator.convolution.lane_mapping = mapping;
  check_equal(seeded(network, {"released", 64, 96, 10}, 7), workloads::generated_image(64, 96, 3), config);
}

}  // namespace

TEST_CASE("B 64 with one lane is bit-exact") { check_configuration(64, 1, LaneMapping::kernel_columns); }
TEST_CASE("B 32 with three lanes is bit-exact") { check_configuration(32, 3, LaneMapping::kernel_columns); }
TEST_CASE("B 32 with one lane is bit-exact") { check_configuration(32, 1, LaneMapping::kernel_columns); }
TEST_CASE("B 16 with two lanes is bit-exact") { check_configuration(16, 2, LaneMapping::kernel_columns); }
TEST_CASE("lanes on neighbouring pixels are bit-exact") { check_configuration(64, 3, LaneMapping::pixels); }
TEST_CASE("ERNs50 with B 32 and lanes on pixels is bit-exact") {
  check_configuration(32, 2, LaneMapping::pixels, "ERNs50");
}

TEST_CASE("the paper stem is bit-exact") {
  check_equal(seeded("ERNs18", {"paper", 64, 64, 10}, 1), workloads::generated_image(64, 64, 1));
}

TEST_CASE("thermometer 21 is bit-exact") {
  check_equal(seeded("ERNs18", {"released", 64, 32, 21}, 2), workloads::generated_image(64, 32, 2));
}

TEST_CASE("thermometer 32, more channels than a block, is bit-exact") {
  check_equal(seeded("ERNs34", {"released", 32, 64, 32}, 3), workloads::generated_image(32, 64, 3));
}

TEST_CASE("ERNs101 at the smallest input is bit-exact") {
  check_equal(seeded("ERNs101", {"released", 32, 32, 10}, 4), workloads::generated_image(32, 32, 4));
}

TEST_CASE("small memories cut the layers to many tiles and stay bit-exact") {
  PlatformConfig config;
  config.accelerator.memory.activations_words = 512;
  config.accelerator.memory.weights_words = 256;
  config.accelerator.memory.thresholds_entries = 2;
  config.accelerator.memory.accumulators_words = 96;
  config.accelerator.memory.residuals_words = 64;
  config.accelerator.memory.results_words = 48;
  check_equal(seeded("ERNs18", {"released", 96, 64, 10}, 5), workloads::generated_image(96, 64, 5), config);
}

TEST_CASE("a memory that cannot hold all input blocks of a tile accumulates over groups of them") {
  PlatformConfig config;
  config.accelerator.memory.activations_words = 24;
  check_equal(seeded("ERNs50", {"released", 32, 32, 10}, 6), workloads::generated_image(32, 32, 6), config);
}

TEST_CASE("large memories keep everything and stay bit-exact") {
  PlatformConfig config;
  config.accelerator.memory.activations_words = 60000;
  config.accelerator.memory.weights_words = 60000;
  config.accelerator.memory.accumulators_words = 16384;
  config.accelerator.memory.residuals_words = 16384;
  config.accelerator.memory.results_words = 16384;
  check_equal(seeded("ERNs18", {"released", 64, 64, 10}, 8), workloads::generated_image(64, 64, 8), config);
}

TEST_CASE("loosely timed memory sockets are bit-exact") {
  PlatformConfig config;
  config.accelerator.interconnect.loosely_timed = true;
  check_equal(seeded("ERNs18x075", {"released", 64, 64, 10}, 10), workloads::generated_image(64, 64, 10), config);
}

TEST_CASE("a narrow port, short bursts and one outstanding burst are slow and bit-exact") {
  PlatformConfig config;
  config.accelerator.interconnect.port_width_bytes = 4;
  config.accelerator.dma.max_burst_beats = 3;
  config.accelerator.dma.max_outstanding = 1;
  check_equal(seeded("ERNs18x075", {"released", 32, 32, 10}, 9), workloads::generated_image(32, 32, 9), config);
}

void check_fusion(ShortcutFusion fusion, const char* network) {
  PlatformConfig config;
  config.schedule.fuse_shortcuts = fusion;
  check_equal(seeded(network, {"released", 64, 64, 10}, 21), workloads::generated_image(64, 64, 22), config);
}

TEST_CASE("shortcuts through external memory are bit-exact") { check_fusion(ShortcutFusion::off, "ERNs18"); }
TEST_CASE("shortcuts that stay in F are bit-exact") { check_fusion(ShortcutFusion::on, "ERNs18"); }
TEST_CASE("shortcuts of bottleneck blocks that stay in F are bit-exact") { check_fusion(ShortcutFusion::on, "ERNs50"); }

TEST_CASE("accumulators that overflow wrap as in the reference and are counted") {
  PlatformConfig config;
  config.accelerator.memory.accumulator_bits = 9;
  const auto network = seeded("ERNs34", {"released", 32, 32, 10}, 11);
  const auto image = workloads::generated_image(32, 32, 11);
  const auto simulated = test::simulate(network, image, config);
  const auto reference = workloads::execute_reference(network, image, 9);
  CHECK(simulated.result.overflows > 0);
  CHECK(reference.wrapped > 0);
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n)
    if (network.graph.nodes[n].kind == workloads::NodeKind::activation)
      CHECK((simulated.tensors.at(network.graph.nodes[n].name) == reference.values[n]));
}

TEST_CASE("the stepping engine is bit-exact") {
  RunOptions options;
  options.engine = EngineKind::step;
  check_equal(seeded("ERNs18", {"released", 64, 64, 10}, 12), workloads::generated_image(64, 64, 12), {}, options);
}

TEST_CASE("sums that are not packed are bit-exact") {
  PlatformConfig config;
  config.accelerator.dma.pack_sums = false;
  check_equal(seeded("ERNs50", {"released", 64, 64, 10}, 13), workloads::generated_image(64, 64, 13), config);
}

TEST_CASE("packed sums of narrow blocks are bit-exact") {
  PlatformConfig config;
  config.accelerator.convolution.block_channels = 8;
  check_equal(seeded("ERNs18x075", {"released", 32, 32, 10}, 14), workloads::generated_image(32, 32, 14), config);
}

TEST_CASE("two cores are bit-exact") {
  PlatformConfig config;
  config.accelerator.convolution.cores = 2;
  check_equal(seeded("ERNs18", {"released", 64, 96, 10}, 15), workloads::generated_image(64, 96, 15), config);
}

TEST_CASE("one write port to A is bit-exact") {
  PlatformConfig config;
  config.accelerator.memory.activations_write_ports = 1;
  check_equal(seeded("ERNs18", {"released", 64, 64, 10}, 16), workloads::generated_image(64, 64, 16), config);
}
