#include <catch2/catch.hpp>

#include "models/dram/agreement.h"

namespace ernsim {
namespace {

using Addresses = TrafficPattern::Addresses;

constexpr auto interleaved = AddressMapping::row_column_bank;

DramConfig generic(AddressMapping mapping) {
  DramConfig config;
  config.part = DramPart::generic_x8;
  config.mapping = mapping;
  return config;
}

TEST_CASE("Bandwidth agrees with three public simulators", "[dram]") {
  for (const AgreementCase& each : agreement_cases(60'000)) {
    const double fraction = measure(generic(each.mapping), each.pattern).bandwidth_fraction;
    INFO(each.name << ": " << fraction);
    CHECK(fraction >= each.low());
    CHECK(fraction <= each.high());
  }
}

double single_read_latency_ns(Addresses addresses) {
  TrafficPattern pattern;
  pattern.addresses = addresses;
  pattern.requests = 20'000;
  pattern.outstanding = 1;
  return measure(generic(interleaved), pattern).average_latency_ns;
}

TEST_CASE("A single outstanding read takes as long as in the other simulators, to 1 ns", "[dram]") {
  CHECK(single_read_latency_ns(Addresses::random) == Approx(45.3).margin(1));
  CHECK(single_read_latency_ns(Addresses::sequential) == Approx(19.0).margin(1));
}

TEST_CASE("Reads and writes of the x16 part agree with three public simulators", "[dram]") {
  DramConfig config;
  config.mapping = interleaved;
  TrafficPattern pattern;
  pattern.addresses = Addresses::random;
  pattern.requests = 60'000;
  CHECK(measure(config, pattern).bandwidth_fraction == Approx(0.420).margin(0.015));
  pattern.direction = TrafficPattern::Direction::random_half;
  CHECK(measure(config, pattern).bandwidth_fraction == Approx(0.3745).margin(0.015));
}

}  // namespace
}  // namespace ernsim
