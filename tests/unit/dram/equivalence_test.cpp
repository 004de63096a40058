#include <catch2/catch.hpp>

#include "tests/unit/dram/command_checker.h"
#include "tests/unit/dram/reference_controller.h"
#include "tests/unit/dram/simulate.h"

namespace ernsim {
namespace {

using test::Cycles;
using test::Outcome;

bool same(const std::vector<DramCompletion>& a, const std::vector<DramCompletion>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const DramCompletion& x, const DramCompletion& y) {
    return x.tag == y.tag && x.done == y.done && x.delay == y.delay && x.delay_cycles == y.delay_cycles;
  });
}

bool same(const DramStatistics& a, const DramStatistics& b) {
  return a.read_bytes == b.read_bytes && a.write_bytes == b.write_bytes && a.row_hits == b.row_hits &&
         a.row_misses == b.row_misses && a.row_conflicts == b.row_conflicts && a.refreshes == b.refreshes &&
         a.activates == b.activates && a.precharges == b.precharges && a.turnarounds == b.turnarounds;
}

/// What the reference does with the requests of `outcome`, submitted at the same cycles.
test::ReferenceController served_again(const DramConfig& config, const Outcome& outcome) {
  test::ReferenceController reference(config);
  auto next = outcome.requests.begin();
  for (Cycle now = 0; reference.completions.size() < outcome.requests.size() && now <= outcome.last_done; ++now) {
    const bool room = reference.has_room();
    reference.cycle(now);
    if (next == outcome.requests.end() || next->second.second != now + 1) continue;
    REQUIRE(room);
    reference.submit(next->second.first, now + 1);
    ++next;
  }
  return reference;
}

TEST_CASE("Commands, completions and delays are those of the slow reference", "[dram]") {
  for (DramConfig config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      config.queue_depth = seed == 4 ? 5 : 32;
      config.refresh = seed != 3;
      const Outcome outcome = test::simulate(config, test::mixed_traffic(seed, 500));
      REQUIRE(outcome.finished);
      const test::ReferenceController reference = served_again(config, outcome);
      REQUIRE(outcome.commands == reference.commands);
      REQUIRE(same(outcome.completions, reference.completions));
    }
}

TEST_CASE("Asking every cycle and asking only when something can change give the same commands", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const TrafficPattern pattern = test::mixed_traffic(seed, 1500);
      const Outcome all = test::simulate(config, pattern, Cycles::all);
      const Outcome some = test::simulate(config, pattern, Cycles::asked_for);
      REQUIRE(all.finished);
      REQUIRE(all.commands == some.commands);
      REQUIRE(same(all.completions, some.completions));
      REQUIRE(same(all.statistics, some.statistics));
    }
}

TEST_CASE("Every command keeps every distance the timing parameters ask for", "[dram]") {
  for (const DramConfig& config : test::all_policies())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const Outcome outcome = test::simulate(config, test::mixed_traffic(seed, 4000));
      REQUIRE(outcome.finished);
      CHECK(test::check(config, outcome.commands) == "");
    }
}

TEST_CASE("Every part keeps its distances, with one and two ranks and both kinds of refresh", "[dram]") {
  std::uint64_t seed = 0;
  for (DramConfig config : test::all_parts()) {
    config.page_policy = ++seed % 3 == 0 ? PagePolicy::closed : PagePolicy::open;
    INFO(config.part.name << ", ranks " << config.ranks);
    TrafficPattern pattern = test::mixed_traffic(seed, 3000);
    pattern.bytes = seed % 2 == 0 ? 1u << 14 : 1ull << 30;
    const Outcome outcome = test::simulate(config, pattern);
    REQUIRE(outcome.finished);
    CHECK(test::check(config, outcome.commands) == "");
    const Cycle interval = dram_timing(config).refresh_interval;
    const auto turns = config.ranks * (config.refresh_mode == RefreshMode::per_bank ? dram_timing(config).banks() : 1);
    CHECK(std::abs(outcome.statistics.refreshes - outcome.commands.back().at * turns / interval) <= 2);
  }
}

TEST_CASE("Every part is served as by the slow reference", "[dram]") {
  std::uint64_t seed = 0;
  for (const DramConfig& config : test::all_parts()) {
    INFO(config.part.name << ", ranks " << config.ranks);
    TrafficPattern pattern = test::mixed_traffic(++seed, 300);
    pattern.bytes = seed % 2 == 0 ? 1u << 14 : 1ull << 30;
    const Outcome outcome = test::simulate(config, pattern);
    REQUIRE(outcome.finished);
    const test::ReferenceController reference = served_again(config, outcome);
    REQUIRE(outcome.commands == reference.commands);
    REQUIRE(same(outcome.completions, reference.completions));
  }
}

TEST_CASE("A queue of one request works with every policy", "[dram]") {
  for (DramConfig config : test::all_policies()) {
    config.queue_depth = 1;
    const Outcome outcome = test::simulate(config, test::mixed_traffic(2, 500));
    REQUIRE(outcome.finished);
    REQUIRE(outcome.commands == served_again(config, outcome).commands);
  }
}

}  // namespace
}  // namespace ernsim
