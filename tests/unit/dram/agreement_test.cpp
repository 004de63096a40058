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
    CHECK(fraction >= each.low - agreement_margin);
    CHECK(fraction <= each.high + agreement_margin);
  }
}

double single_read_latency_ns(Addresses addresses) {
  TrafficPattern pattern;
  pattern.addresses = addresses;
  pattern.requests = 20'000;
  pattern.outstanding = 1;
  return measure(generic(interleaved), pattern).average_latency_ns;
}

TEST_CASE("A single outstanding random read takes 42 to 50 ns", "[dram]") {
  const double latency = single_read_latency_ns(Addresses::random);
  CHECK(latency >= 42);
  CHECK(latency <= 50);
}

TEST_CASE("A single outstanding sequential read takes 18 to 25 ns", "[dram]") {
  const double latency = single_read_latency_ns(Addresses::sequential);
  CHECK(latency >= 18);
  CHECK(latency <= 25);
}

TEST_CASE("Random reads of the x16 part come within 5 points of the tFAW bound", "[dram]") {
  DramConfig config;
  TrafficPattern pattern;
  pattern.addresses = Addresses::random;
  pattern.requests = 60'000;
  const double bound = 16.0 / 36 * (1 - 420.0 / 9360);
  const double fraction = measure(config, pattern).bandwidth_fraction;
  CHECK(fraction <= bound);
  CHECK(fraction >= bound - 0.05);
}

}  // namespace
}  // namespace ernsim
