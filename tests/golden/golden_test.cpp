#include <unistd.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "tests/support/reference.h"
#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

// The simulated accelerator against all tensors of the official implementation, which are not part of the project.
// set_test.cpp does the same with what is. Each test elaborates one model.

using namespace ernsim;

namespace {

enum class Source { parameters, onnx };

workloads::IntegerNetwork network_from(const std::string& folder, const std::string& name, Source source, int height,
                                       int width) {
  if (source == Source::parameters) {
    const auto graph = workloads::build_network(name, {"released", height, width, 10});
    return workloads::fold(graph, test::read_parameters(folder, graph));
  }
  const auto scratch = std::filesystem::temp_directory_path() / ("ernsim_golden_" + std::to_string(::getpid()));
  std::filesystem::create_directory(scratch);
  const std::string file = (scratch / (name + ".onnx")).string();
  const std::string unpack = "xz -dc '" + folder + "/" + name + ".onnx.xz' > '" + file + "'";
  if (std::system(unpack.c_str()) != 0) throw std::runtime_error("cannot unpack " + file);
  auto imported = workloads::import_onnx(file);
  std::filesystem::remove_all(scratch);
  return workloads::fold(workloads::resized(imported.graph, height, width), imported.parameters);
}

std::size_t differences(const std::vector<std::int32_t>& found, const std::vector<std::int32_t>& expected) {
  if (found.size() != expected.size()) return std::max(found.size(), expected.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < found.size(); ++i) count += found[i] != expected[i] ? 1 : 0;
  return count;
}

/// Compares every array the golden file has; returns how many were compared.
int compare(const test::Golden& golden, const workloads::Graph& graph, const test::Simulated& simulated) {
  int compared = 0;
  for (const auto& node : graph.nodes) {
    const bool convolution = node.kind == workloads::NodeKind::convolution;
    const auto* expected = golden.find(node.name, convolution ? "acc" : "out");
    if (expected == nullptr) continue;
    INFO(node.name);
    const auto& tensors = convolution ? simulated.accumulators : simulated.tensors;
    const auto found = tensors.find(node.name);
    REQUIRE(found != tensors.end());
    CHECK(differences(found->second, expected->as<std::int32_t>()) == 0);
    ++compared;
  }
  return compared;
}

void check_logits(const test::Golden& golden, const std::vector<float>& logits) {
  const auto expected = golden.arrays.at("logits_float64").as<double>();
  REQUIRE(logits.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) worst = std::max(worst, std::abs(logits[i] - expected[i]));
  CHECK(worst <= 1e-5);
}

void check_against(const std::string& name, const std::string& part, Source source, int at_least,
                   EngineKind engine = EngineKind::leap) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const auto golden = test::read_golden(*folder, name, part);
  const auto image = golden.image();
  const auto network = network_from(*folder, name, source, image.height, image.width);
  RunOptions options;
  options.engine = engine;
  PlatformConfig config;
  // Golden data of small pictures hold every convolution's accumulators; a fused shortcut's are nowhere by themselves.
  if (part.find('x') != std::string::npos) config.schedule.fuse_shortcuts = ShortcutFusion::off;
  const auto simulated = test::simulate(network, image, config, options);
  CHECK(compare(golden, network.graph, simulated) >= at_least);
  check_logits(golden, simulated.result.logits);
  CHECK(simulated.result.overflows == 0);
}

}  // namespace

TEST_CASE("ERNs18x075 equals the official tensors of photograph 0 at 256x256") {
  check_against("ERNs18x075", "golden0", Source::parameters, 30);
}

TEST_CASE("ERNs18x075 equals the official tensors of photograph 1 at 256x256") {
  check_against("ERNs18x075", "golden1", Source::parameters, 3);
}

TEST_CASE("ERNs50 equals the official tensors and accumulators at 64x64") {
  check_against("ERNs50", "golden_64x64", Source::parameters, 110);
}

TEST_CASE("ERNs50 equals the official tensors and accumulators at 64x96") {
  check_against("ERNs50", "golden_64x96", Source::parameters, 110);
}

TEST_CASE("ERNs50 equals the official tensors of photograph 0 at 256x256") {
  check_against("ERNs50", "golden0", Source::parameters, 60);
}

TEST_CASE("ERNs50 equals the official tensors of photograph 1 at 256x256") {
  check_against("ERNs50", "golden1", Source::parameters, 3);
}

TEST_CASE("ERNs18x075 from its ONNX file equals the official tensors at 64x96") {
  check_against("ERNs18x075", "golden_64x96", Source::onnx, 50);
}

TEST_CASE("ERNs18x075 from its ONNX file equals the official tensors of photograph 0 at 256x256") {
  check_against("ERNs18x075", "golden0", Source::onnx, 30);
}

TEST_CASE("ERNs50 from its ONNX file equals the official tensors at 64x64") {
  check_against("ERNs50", "golden_64x64", Source::onnx, 110);
}

TEST_CASE("ERNs50 from its ONNX file equals the official tensors of photograph 0 at 256x256") {
  check_against("ERNs50", "golden0", Source::onnx, 60);
}

TEST_CASE("ERNs18x075 with the stepping engine equals the official tensors of photograph 0 at 256x256") {
  check_against("ERNs18x075", "golden0", Source::parameters, 30, EngineKind::step);
}

TEST_CASE("ERNs50 with the stepping engine equals the official tensors and accumulators at 64x64") {
  check_against("ERNs50", "golden_64x64", Source::parameters, 110, EngineKind::step);
}
