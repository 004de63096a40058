#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare.h"

using namespace ernsim;
using test::OwnedBeats;
using test::TraceFile;
using traces::Mode;

namespace {

/// A stall of the convolution unit.
OwnedBeats stall(Cycle begin, std::uint32_t cycles, std::uint32_t cause = 2) {
  OwnedBeats beats;
  beats.port = port_of(Port::stall, UnitId::convolution);
  beats.has_instruction = false;
  beats.cycles = {begin};
  beats.addresses = {cause};
  for (unsigned b = 0; b < 4; ++b) beats.data.push_back(static_cast<std::uint8_t>(cycles >> 8 * b));
  return beats;
}

std::vector<traces::Divergence> compare(const std::vector<OwnedBeats>& golden, const std::vector<OwnedBeats>& candidate,
                                        Cycle slack_cycles = 0) {
  const TraceFile a(test::trace_bytes(golden)), b(test::trace_bytes(candidate));
  return traces::compare(traces::Reader(a.path()), traces::Reader(b.path()), {Mode::cycles, slack_cycles}).divergences;
}

}  // namespace

TEST_CASE("a stall that lasts longer differs in the cycle in which the shorter one ends") {
  for (const auto& [golden, candidate] : {std::pair{300, 350}, std::pair{350, 300}}) {
    const auto found =
        compare({stall(100, static_cast<std::uint32_t>(golden))}, {stall(100, static_cast<std::uint32_t>(candidate))});
    REQUIRE(found.size() == 1);
    CHECK(found[0].what == "cycle");
    CHECK(found[0].cycle == 400);
  }
}

TEST_CASE("a stall that begins early, or has another cause, differs in the cycle in which the first one begins") {
  CHECK(compare({stall(100, 50)}, {stall(90, 60)}).at(0).cycle == 90);
  CHECK(compare({stall(90, 60)}, {stall(100, 50)}).at(0).cycle == 90);
  CHECK(compare({stall(100, 50, 1)}, {stall(100, 50, 2)}).at(0).cycle == 100);
}

TEST_CASE("a long stall that ends late comes behind the late beat that made it long") {
  auto late = test::sample_tile(200);
  for (auto& cycle : late.cycles) cycle += 1;
  const auto found = compare({stall(10, 300), test::sample_tile(200)}, {stall(10, 301), late});
  REQUIRE(found.size() == 2);
  CHECK(found[0].channel == "convolution.accumulators_out");
  CHECK(found[0].cycle == 200);
  CHECK(found[1].cycle == 310);
}

TEST_CASE("with a slack stalls do not count, and beats do") {
  auto late = test::sample_tile(200);
  for (auto& cycle : late.cycles) cycle += 3;
  CHECK(compare({stall(10, 300), test::sample_tile(200)}, {stall(10, 303), late}, 3).empty());
  CHECK(compare({stall(10, 300), test::sample_tile(200)}, {stall(10, 303), late}, 2).size() == 1);
}
