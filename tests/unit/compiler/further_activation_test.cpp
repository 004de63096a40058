#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/schedule_check.h"
#include "workloads/networks.h"

// Several activations of one convolution or sum.

using namespace ernsim;
using workloads::Graph;
using workloads::NodeKind;

namespace {

/// ERNs18x075 whose first sum `more` other activations read too, each with a map behind
/// it.
Graph branched(int more) {
  Graph graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 4});
  const auto add =
      std::find_if(graph.nodes.begin(), graph.nodes.end(), [](const auto& node) { return node.kind == NodeKind::add; });
  const int sum = static_cast<int>(add - graph.nodes.begin()), channels = add->out.channels;
  for (int i = 0; i < more; ++i) {
    workloads::Node codes, head;
    codes.kind = NodeKind::activation;
    codes.name = "other" + std::to_string(i);
    codes.inputs = {sum};
    codes.out.channels = channels;
    head.kind = NodeKind::convolution;
    head.name = "head" + std::to_string(i);
    head.inputs = {static_cast<int>(graph.nodes.size())};
    head.out.channels = 3;
    head.kernel = 1;
    head.role = workloads::ConvolutionRole::logits;
    graph.nodes.push_back(codes);
    graph.nodes.push_back(head);
  }
  return workloads::resized(graph, 32, 32);
}

std::size_t instructions(const compiler::Schedule& schedule, UnitId unit, const std::string& layer) {
  const auto& stream = schedule.streams[unit];
  return static_cast<std::size_t>(std::count_if(stream.begin(), stream.end(), [&](const Instruction& each) {
    return schedule.layers.at(each.at.layer).name == layer;
  }));
}

}  // namespace

TEST_CASE("A further activation quantizes every tile of the layer before it once more, and convolves nothing") {
  const auto schedule = compiler::compile(branched(2), PlatformConfig{});
  const auto first = std::find_if(schedule.layers.begin(), schedule.layers.end(), compiler::is_further_activation);
  REQUIRE(first != schedule.layers.begin());
  REQUIRE(first < schedule.layers.end() - 1);
  const std::string worker = (first - 1)->name;
  CHECK((first->name == "other0" && first->codes == "other0" && (first + 1)->name == "other1"));
  const std::size_t tiles = instructions(schedule, UnitId::quantization, worker);
  CHECK(tiles > 0);
  for (const char* further : {"other0", "other1"}) {
    CHECK(instructions(schedule, UnitId::quantization, further) == tiles);
    for (const UnitId unit :
         {UnitId::convolution, UnitId::load_weights, UnitId::load_activations, UnitId::load_residuals})
      CHECK(instructions(schedule, unit, further) == 0);
  }
}

TEST_CASE("Further activations keep the rules of schedules, however few sets of thresholds Q holds") {
  for (const std::int64_t entries : {1, 2, 3, 64}) {
    PlatformConfig config;
    config.accelerator.memory.thresholds_entries = entries;
    const auto schedule = compiler::compile(branched(2), config);
    CHECK_NOTHROW(compiler::check(schedule, config));
    CHECK(std::count_if(schedule.layers.begin(), schedule.layers.end(), compiler::is_further_activation) == 2);
  }
}
