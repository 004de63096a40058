#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/golden_set.h"
#include "tests/support/onnx_export.h"
#include "tests/support/reference.h"
#include "tests/support/sha256.h"
#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

// The simulated accelerator against the golden set that is part of the project. Each test elaborates one model.

using namespace ernsim;

namespace {

using workloads::NodeKind;

enum class Source { parameters, onnx };

workloads::IntegerNetwork network_of(const test::GoldenSet& set, const workloads::Image& image, Source source) {
  const auto graph = workloads::build_network("ERNs18x075", {"released", image.height, image.width, 10});
  const auto parameters = set.parameters(graph);
  if (source == Source::parameters) return workloads::fold(graph, parameters);
  const test::OnnxOnDisk file(test::export_onnx(graph, parameters));
  const auto imported = workloads::import_onnx(file.path());
  return workloads::fold(imported.graph, imported.parameters);
}

void check_set(const std::string& part, Source source, EngineKind engine = EngineKind::leap) {
  const test::GoldenSet set;
  const auto image = set.image(part);
  const auto network = network_of(set, image, source);
  RunOptions options;
  options.engine = engine;
  PlatformConfig config;
  config.schedule.fuse_shortcuts = ShortcutFusion::off;  // a fused shortcut's accumulators are nowhere by themselves
  const auto simulated = test::simulate(network, image, config, options);
  std::size_t compared = 1;  // the picture
  for (const auto& node : network.graph.nodes) {
    if (node.kind == NodeKind::average_pool) continue;
    INFO(node.name);
    const auto& values = node.kind == NodeKind::convolution ? simulated.accumulators : simulated.tensors;
    CHECK(test::sha256_of(node, values.at(node.name)) == set.array(part, test::array_name(node)).at("sha256"));
    ++compared;
  }
  CHECK(compared == set.count(part));
  const auto logits = set.logits(part);
  REQUIRE(simulated.result.logits.size() == logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) CHECK(std::abs(simulated.result.logits[i] - logits[i]) <= 1e-5);
  CHECK(simulated.result.overflows == 0);
}

std::vector<std::uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

TEST_CASE("ERNs18x075 equals the official tensors and accumulators at 64x64") {
  check_set("64x64", Source::parameters);
}

TEST_CASE("ERNs18x075 equals the official tensors and accumulators at 64x96") {
  check_set("64x96", Source::parameters);
}

TEST_CASE("ERNs18x075 with its parameters in an ONNX file equals the official tensors and accumulators at 64x96") {
  check_set("64x96", Source::onnx);
}

TEST_CASE("ERNs18x075 with the stepping engine equals the official tensors and accumulators at 64x64") {
  check_set("64x64", Source::parameters, EngineKind::step);
}

TEST_CASE("the golden set is what the reference data hold") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const test::GoldenSet set;
  const auto graph = workloads::build_network("ERNs18x075", {"released", 64, 64, 10});
  const auto ours = workloads::fold(graph, set.parameters(graph));
  const auto theirs = workloads::fold(graph, test::read_parameters(*folder, graph));
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) CHECK((ours.weights[n] == theirs.weights[n]));
  CHECK(ours.logit_scale == theirs.logit_scale);
  for (const std::string part : {"64x64", "64x96"}) {
    const auto golden = test::read_golden(*folder, "ERNs18x075", "golden_" + part);
    CHECK(set.image(part).bytes == golden.image().bytes);
    CHECK(set.logits(part) == golden.arrays.at("logits_float64").as<double>());
    for (const auto& node : graph.nodes) {
      if (node.kind == NodeKind::average_pool) continue;
      const auto* array = golden.find(node.name, node.kind == NodeKind::convolution ? "acc" : "out");
      CHECK(test::sha256(array->bytes) == set.array(part, test::array_name(node)).at("sha256"));
    }
  }
}

TEST_CASE("SHA-256 is that of the standard's examples, of nothing and across blocks") {
  CHECK(test::sha256({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(test::sha256(bytes_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(test::sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(test::sha256(std::vector<std::uint8_t>(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
