#include <catch2/catch.hpp>

#include "tests/unit/dram/command_checker.h"
#include "tests/unit/dram/simulate.h"

namespace ernsim {
namespace {

using test::Outcome;

bool same_statistics(const DramStatistics& a, const DramStatistics& b) {
  return a.read_bytes == b.read_bytes && a.write_bytes == b.write_bytes && a.row_hits == b.row_hits &&
         a.row_misses == b.row_misses && a.row_conflicts == b.row_conflicts && a.refreshes == b.refreshes &&
         a.activates == b.activates && a.precharges == b.precharges && a.turnarounds == b.turnarounds;
}

bool same_completions(const Outcome& a, const Outcome& b) {
  if (a.completions.size() != b.completions.size()) return false;
  for (std::size_t i = 0; i < a.completions.size(); ++i)
    if (a.completions[i].first.tag != b.completions[i].first.tag || a.completions[i].second != b.completions[i].second)
      return false;
  return true;
}

bool same(const Outcome& a, const Outcome& b) {
  return a.commands == b.commands && same_completions(a, b) && same_statistics(a.statistics, b.statistics);
}

TEST_CASE("Stepping and leaping issue the same commands at the same cycles", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const TrafficPattern pattern = test::mixed_traffic(seed, 1500);
      const Outcome step = test::simulate(config, pattern, EngineKind::step);
      const Outcome leap = test::simulate(config, pattern, EngineKind::leap);
      REQUIRE(step.finished);
      REQUIRE(same(step, leap));
    }
}

TEST_CASE("The order in which units are evaluated has no effect on the commands", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const auto kind = seed <= 3 ? EngineKind::leap : EngineKind::step;
      const TrafficPattern pattern = test::mixed_traffic(seed, 1500);
      REQUIRE(same(test::simulate(config, pattern, kind, test::Order::traffic_first),
                   test::simulate(config, pattern, kind, test::Order::controller_first)));
    }
}

TEST_CASE("Every command keeps every distance the timing parameters ask for", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const Outcome outcome = test::simulate(config, test::mixed_traffic(seed, 4000));
      REQUIRE(outcome.finished);
      CHECK(test::CommandChecker(dram_timing(config.part)).check(outcome.commands) == "");
    }
}

TEST_CASE("A queue of one request works with every policy", "[dram]") {
  for (DramConfig config : test::all_policies()) {
    config.queue_depth = 1;
    const TrafficPattern pattern = test::mixed_traffic(2, 500);
    const Outcome step = test::simulate(config, pattern, EngineKind::step);
    REQUIRE(step.finished);
    REQUIRE(same(step, test::simulate(config, pattern, EngineKind::leap)));
  }
}

}  // namespace
}  // namespace ernsim
