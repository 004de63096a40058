#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/arrangement.h"
#include "compiler/compile.h"
#include "compiler/schedule_check.h"
#include "workloads/networks.h"

using namespace ernsim;

namespace {

workloads::Graph network(const char* name) { return workloads::build_network(name, {"released", 256, 256, 10}); }

PlatformConfig with(ShortcutFusion fusion) {
  PlatformConfig config;
  config.schedule.fuse_shortcuts = fusion;
  return config;
}

std::size_t fused(const compiler::Schedule& schedule) {
  return static_cast<std::size_t>(
      std::count_if(schedule.layers.begin(), schedule.layers.end(), compiler::stays_in_accumulators));
}

}  // namespace

TEST_CASE("a fused shortcut has no sums in external memory and comes right before the layer that adds up on it") {
  const auto schedule = compiler::compile(network("ERNs18"), with(ShortcutFusion::on));
  compiler::check(schedule, with(ShortcutFusion::on));
  REQUIRE(fused(schedule) == 4);
  for (std::size_t i = 0; i < schedule.layers.size(); ++i) {
    const auto& layer = schedule.layers[i];
    if (!compiler::stays_in_accumulators(layer)) continue;
    CHECK(layer.choice == "sums stay in F for " + schedule.layers.at(i + 1).name);
    CHECK(schedule.layers.at(i + 1).choice.find("on " + layer.name + " in F") != std::string::npos);
    for (const auto& region : schedule.regions)
      CHECK_FALSE((region.name == layer.name && region.kind == compiler::RegionKind::sums));
  }
}

TEST_CASE("a layer on a fused shortcut loads no residuals and overwrites no accumulators") {
  const auto schedule = compiler::compile(network("ERNs18"), with(ShortcutFusion::on));
  for (const auto& each : schedule.streams[UnitId::load_residuals])
    CHECK((each.at.layer == 0 || !compiler::stays_in_accumulators(schedule.layers[each.at.layer - 1u])));
  for (const auto& each : schedule.streams[UnitId::convolution])
    if (each.at.layer > 0 && compiler::stays_in_accumulators(schedule.layers[each.at.layer - 1u]))
      CHECK(each.convolution.accumulate);
}

TEST_CASE("without fusion every shortcut goes through external memory") {
  CHECK(fused(compiler::compile(network("ERNs18"), with(ShortcutFusion::off))) == 0);
}

TEST_CASE("the estimate fuses those shortcuts of ERNs50 that make it lower, not all") {
  const auto graph = network("ERNs50");
  const auto chosen = compiler::arrange(graph, with(ShortcutFusion::estimate));
  CHECK(chosen.cycles < compiler::arrange(graph, with(ShortcutFusion::off)).cycles);
  CHECK(chosen.cycles < compiler::arrange(graph, with(ShortcutFusion::on)).cycles);
}
