#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/unit/dram/simulate.h"

namespace ernsim {
namespace {

using Addresses = TrafficPattern::Addresses;
using Direction = TrafficPattern::Direction;

/// The span of three public simulators, of the peak, and how far outside it the model may lie.
struct Span {
  double low, high;
  bool holds(double value) const { return value >= low - 0.03 && value <= high + 0.03; }
};

struct Case {
  const char* name;
  AddressMapping mapping;
  Addresses addresses;
  Direction direction;
  std::int64_t run_bytes;
  Span span;
};

constexpr auto interleaved = AddressMapping::row_column_bank;

const Case cases[] = {
    {"sequential read, interleaved", interleaved, Addresses::sequential, Direction::reads, 0, {0.934, 0.962}},
    {"sequential write, interleaved", interleaved, Addresses::sequential, Direction::writes, 0, {0.938, 0.960}},
    {"sequential read, one bank group at a time", AddressMapping::row_bank_column, Addresses::sequential,
     Direction::reads, 0, {0.606, 0.782}},
    {"random read", interleaved, Addresses::random, Direction::reads, 0, {0.582, 0.590}},
    {"random, half read, half write", interleaved, Addresses::random, Direction::random_half, 0, {0.519, 0.560}},
    {"alternating 256 B", interleaved, Addresses::sequential, Direction::alternating, 256, {0.73, 0.73}},
    {"alternating 1 KiB", interleaved, Addresses::sequential, Direction::alternating, 1024, {0.78, 0.78}},
    {"alternating 4 KiB", interleaved, Addresses::sequential, Direction::alternating, 4096, {0.85, 0.85}},
    {"alternating 16 KiB", interleaved, Addresses::sequential, Direction::alternating, 16384, {0.92, 0.92}},
};

DramConfig generic(AddressMapping mapping) {
  DramConfig config;
  config.part = DramPart::generic_x8;
  config.mapping = mapping;
  return config;
}

TEST_CASE("Bandwidth agrees with three public simulators", "[dram]") {
  for (const Case& c : cases) {
    TrafficPattern pattern;
    pattern.addresses = c.addresses;
    pattern.direction = c.direction;
    pattern.run_bytes = c.run_bytes;
    pattern.write_base = 1u << 29;
    pattern.requests = 60'000;
    const double fraction = test::simulate(generic(c.mapping), pattern).bandwidth_fraction();
    INFO(c.name << ": " << fraction);
    CHECK(c.span.holds(fraction));
  }
}

double single_read_latency_ns(Addresses addresses) {
  TrafficPattern pattern;
  pattern.addresses = addresses;
  pattern.requests = 20'000;
  pattern.outstanding = 1;
  return test::simulate(generic(interleaved), pattern).average_latency_ns;
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
  const double fraction = test::simulate(config, pattern).bandwidth_fraction();
  CHECK(fraction <= bound);
  CHECK(fraction >= bound - 0.05);
}

}  // namespace
}  // namespace ernsim
