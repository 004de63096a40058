#include <catch2/catch.hpp>

#include "models/dram/measure/agreement.h"
#include "models/dram/measure/closed_forms.h"

namespace ernsim {
namespace {

using Addresses = TrafficPattern::Addresses;

DramConfig config_of(const std::string& part) {
  DramConfig config;
  config.part = dram_part(part);
  return config;
}

TEST_CASE("Bandwidth of every part agrees with public simulators, or with what follows from its timing", "[dram]") {
  for (const std::string& part : dram_part_names())
    for (const AgreementCase& each : agreement_cases(config_of(part), 12'000)) {
      const TrafficOutcome outcome = measure(config_of(part), each);
      INFO(part << ", " << each.name << ": " << outcome.bandwidth_fraction << " of " << each.low << " to "
                << each.high);
      CHECK(each.within(outcome.bandwidth_fraction));
    }
}

TEST_CASE("A single outstanding read takes as long as in other simulators, to 1 ns", "[dram]") {
  const auto check = [](const char* part, double random_ns, double sequential_ns) {
    INFO(part);
    CHECK(single_read_ns(config_of(part), Addresses::random, 10'000) == Approx(random_ns).margin(1));
    CHECK(single_read_ns(config_of(part), Addresses::sequential, 10'000) == Approx(sequential_ns).margin(1));
  };
  check("ddr3_1600_x8", 48.8, 21.2);
  check("generic_x8", 45.3, 19.0);
  check("kv260_x16", 46.1, 18.8);
  check("ddr4_2400_x16_32b", 46.1, 18.8);
}

TEST_CASE("Mixed traffic in long groups loses what the closed form says at each change", "[dram]") {
  for (const char* part : {"ddr3_1600_x8", "generic_x8", "lpddr4_3200_x16"}) {
    const AgreementCase runs = agreement_cases(config_of(part), 40'000).back();
    const TrafficOutcome outcome = measure(config_of(part), runs);
    INFO(part);
    CHECK(outcome.bandwidth_fraction ==
          Approx(ClosedForms(dram_timing(config_of(part))).in_groups(outcome.group)).margin(0.01));
  }
}

TEST_CASE("Refresh of one bank at a time hides most of it", "[dram]") {
  DramConfig config = config_of("lpddr4_3200_x16");
  TrafficPattern pattern;
  pattern.requests = 20'000;
  config.mapping = AddressMapping::row_column_bank;
  const double all = measure(config, pattern).bandwidth_fraction;
  config.refresh_mode = RefreshMode::per_bank;
  CHECK(measure(config, pattern).bandwidth_fraction > all + 0.02);
}

TEST_CASE("A second rank hides tFAW", "[dram]") {
  DramConfig config = config_of("generic_x8");
  TrafficPattern pattern;
  pattern.requests = 20'000;
  pattern.addresses = Addresses::random;
  pattern.bytes = 16ull << 30;
  config.mapping = AddressMapping::row_column_bank;
  config.ranks = 2;
  const double fraction = measure(config, pattern).bandwidth_fraction;  // three simulators: 0.852, 0.870 and 0.919
  CHECK(fraction > 0.80);
  CHECK(fraction < 0.92);
}

}  // namespace
}  // namespace ernsim
