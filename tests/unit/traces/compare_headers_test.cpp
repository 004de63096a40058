#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare_headers.h"

using namespace ernsim;
using traces::header_differences;

TEST_CASE("traces of the same machine differ in nothing, whatever one of them does not say") {
  traces::Header golden = test::sample_header(), bench;
  golden.parameters = {{"convolution.lanes", "3"}};
  CHECK(header_differences(golden, golden).empty());
  CHECK(header_differences(golden, bench).empty());
  CHECK(header_differences(bench, golden).empty());
}

TEST_CASE("network, clock and each parameter that both traces say differently are named with both values") {
  traces::Header golden = test::sample_header(), other = golden;
  golden.parameters = {{"convolution.lanes", "3"}, {"convolution.cores", "1"}, {"memory.banks", "2"}};
  other.parameters = {{"convolution.lanes", "2"}, {"convolution.cores", "1"}};
  other.network = "else";
  other.clock_period_ps = 8001;
  CHECK(header_differences(golden, other) == std::vector<std::string>{"network: sample and else",
                                                                      "clock_period_ps: 8000 and 8001",
                                                                      "convolution.lanes: 3 and 2"});
}
