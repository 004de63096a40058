#include <algorithm>
#include <catch2/catch.hpp>

#include "models/accelerator/isa/instruction_codec.h"
#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"
#include "workloads/reference_executor.h"

// A result that did not come through the modelled memories would not notice these faults. The undisturbed tensors are
// the reference executor's; each test elaborates one model.

using namespace ernsim;

namespace {

struct Subject {
  workloads::IntegerNetwork network;
  workloads::Image image = workloads::generated_image(64, 64, 3);
  workloads::ReferenceResult reference;
  compiler::Schedule schedule;
  PlatformConfig config;

  Subject() {
    const auto graph = workloads::build_network("ERNs18x075", {"released", 64, 64, 10});
    network = workloads::fold(graph, workloads::seeded_parameters(graph, 5));
    image.bytes[0] = 8;  // one more passes the first threshold
    reference = workloads::execute_reference(network, image);
    config.schedule.fuse_shortcuts = ShortcutFusion::off;
    schedule = compiler::compile(graph, config);
  }

  std::int64_t address_of(const std::string& region, compiler::RegionKind kind) const {
    for (const auto& each : schedule.regions)
      if (each.kind == kind && (region.empty() || each.name == region)) return each.address;
    throw std::runtime_error("no region " + region);
  }

  /// Elements of the node's tensor or accumulators that differ from the reference.
  std::size_t differences(const test::Simulated& simulated, const std::string& name) const {
    for (std::size_t n = 0; n < network.graph.nodes.size(); ++n) {
      const auto& node = network.graph.nodes[n];
      if (node.name != name) continue;
      const bool convolution = node.kind == workloads::NodeKind::convolution;
      const auto& found = (convolution ? simulated.accumulators : simulated.tensors).at(name);
      std::size_t count = 0;
      for (std::size_t i = 0; i < found.size(); ++i) count += found[i] != reference.values[n][i] ? 1 : 0;
      return count;
    }
    throw std::runtime_error("no node " + name);
  }

  bool logits_differ(const test::Simulated& simulated) const {
    for (std::size_t i = 0; i < reference.logits.size(); ++i)
      if (simulated.result.logits[i] != static_cast<float>(reference.logits[i])) return true;
    return false;
  }

  test::Simulated with_flip(std::int64_t address) const {
    RunOptions options;
    options.flip_bit_at = address;
    return test::simulate(network, image, config, options);
  }

  test::Simulated without_burst(std::int64_t burst) const {
    RunOptions options;
    options.drop_burst = burst;
    return test::simulate(network, image, config, options);
  }
};

}  // namespace

TEST_CASE("one inverted bit of the picture in external memory changes one code of the embedding and the logits") {
  const Subject subject;
  const auto simulated = subject.with_flip(subject.address_of("", compiler::RegionKind::image));
  CHECK(subject.differences(simulated, "pixel_embedding") == 1);
  CHECK(subject.differences(simulated, "backbone.conv1") > 0);
  CHECK(subject.logits_differ(simulated));
}

TEST_CASE("one inverted weight bit in external memory changes accumulators of one output channel only") {
  const Subject subject;
  const auto simulated = subject.with_flip(subject.address_of("backbone.conv2", compiler::RegionKind::weights));
  CHECK(subject.differences(simulated, "backbone.conv1") == 0);
  const std::size_t pixels = 32 * 32;
  const std::size_t differing = subject.differences(simulated, "backbone.conv2");
  CHECK(differing > 0);
  CHECK(differing <= pixels);
  CHECK(subject.logits_differ(simulated));
}

TEST_CASE("one inverted bit of the last convolution's weights changes a logit") {
  const Subject subject;
  const auto simulated = subject.with_flip(subject.address_of("conv", compiler::RegionKind::weights));
  CHECK(subject.differences(simulated, "backbone.last_act_layer4") == 0);
  CHECK(subject.logits_differ(simulated));
}

TEST_CASE("the data of the first burst of the frame is lost and the tensors change") {
  const Subject subject;
  CHECK(subject.logits_differ(subject.without_burst(0)));
}

TEST_CASE("the data of a burst in the middle of the frame is lost and the logits change") {
  const Subject subject;
  CHECK(subject.logits_differ(subject.without_burst(700)));
}

TEST_CASE("nothing is lost without a fault") {
  const Subject subject;
  const auto simulated = test::simulate(subject.network, subject.image);
  CHECK_FALSE(subject.logits_differ(simulated));
}

TEST_CASE(
    "an instruction that is broken in external memory ends the run with a line that names error, unit and "
    "instruction") {
  const Subject subject;
  const auto streams =
      compiler::make_program(subject.schedule, subject.network, subject.image, subject.config, true).stream_address;
  const std::int64_t third = streams[UnitId::convolution] + 2 * instruction_bytes;
  try {
    subject.with_flip(third + 40);
    FAIL("the run ended well");
  } catch (const std::exception& error) {
    CHECK_THAT(error.what(), Catch::Contains("the accelerator stopped with error"));
    CHECK_THAT(error.what(), Catch::Contains("convolution, instruction 2"));
  }
}
