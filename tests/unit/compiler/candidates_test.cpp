#include "compiler/candidates.h"

#include <catch2/catch.hpp>
#include <set>

#include "compiler/compile.h"
#include "compiler/schedule_check.h"
#include "compiler/schedule_text.h"
#include "workloads/networks.h"

using namespace ernsim;

namespace {

workloads::Graph network(int side = 64) { return workloads::build_network("ERNs18", {"released", side, side, 10}); }

PlatformConfig with(std::int64_t candidates) {
  PlatformConfig config;
  config.accelerator.convolution.cores = 2;
  config.accelerator.memory.activations_words = 9000;
  config.schedule.candidates = candidates;
  return config;
}

}  // namespace

TEST_CASE("candidates are different schedules, the estimate's first, and the platform can run each") {
  const auto found = compiler::candidates(network(), with(6));
  REQUIRE(found.size() > 2);
  REQUIRE(found.size() <= 6);
  CHECK(found[0].as_if.empty());
  CHECK(compiler::to_text(found[0].schedule) == compiler::to_text(compiler::compile(network(), with(6))));
  std::set<std::string> texts;
  for (const auto& each : found) {
    INFO(each.as_if);
    CHECK_NOTHROW(compiler::check(each.schedule, with(6)));
    texts.insert(compiler::to_text(each.schedule));
  }
  CHECK(texts.size() == found.size());
}

TEST_CASE("with one candidate there is no choice") {
  const auto found = compiler::candidates(network(), with(1));
  REQUIRE(found.size() == 1);
  CHECK(found[0].as_if.empty());
}

TEST_CASE("candidates of a large network come to a bounded number of instructions") {
  const auto graph = workloads::build_network("ERNs101", {"released", 256, 256, 10});
  std::size_t instructions = 0;
  const auto found = compiler::candidates(graph, with(64));
  for (const auto& each : found)
    for (const auto& stream : each.schedule.streams) instructions += stream.size();
  CHECK((found.size() <= 3 || instructions <= compiler::most_instructions));
}

TEST_CASE("a compiled schedule that breaks a rule is noticed in every test") {
  auto graph = network();
  graph.thermometer = 0;  // of no meaning to the compiler; a schedule may not have it
  CHECK_THROWS_AS(compiler::compile(graph, with(1)), std::logic_error);
}
