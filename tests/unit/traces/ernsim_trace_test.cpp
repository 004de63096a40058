#include "traces/ernsim_trace.h"

#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare.h"

using namespace ernsim;

TEST_CASE("a trace written beat by beat through the C interface equals the golden one") {
  const auto tile = test::sample_tile(40);
  const test::TraceFile golden(test::trace_bytes({tile})), candidate("");
  ernsim_trace* trace = ernsim_trace_open(candidate.path().c_str());
  REQUIRE(trace != nullptr);
  const int channel = ernsim_trace_channel(trace, "convolution.accumulators_out", 128);
  REQUIRE(channel == 0);
  for (std::size_t i = 0; i < tile.cycles.size(); ++i)
    CHECK(ernsim_trace_beat(trace, channel, tile.cycles[i], tile.addresses[i], &tile.data[128 * i]) == 0);
  REQUIRE(ernsim_trace_close(trace) == 0);
  const traces::Reader a(golden.path()), b(candidate.path());
  CHECK(b.damage().empty());
  const auto comparison = traces::compare(a, b, {});
  CHECK(comparison.divergences.empty());
  CHECK(comparison.compared == std::vector<std::string>{"convolution.accumulators_out"});
  CHECK(comparison.beats == 8);
}

TEST_CASE("the C interface refuses what makes no trace") {
  CHECK(ernsim_trace_open("/no/such/folder/trace") == nullptr);
  const test::TraceFile file("");
  ernsim_trace* trace = ernsim_trace_open(file.path().c_str());
  REQUIRE(trace != nullptr);
  CHECK(ernsim_trace_set(trace, "network", "ERNs18") == 0);
  CHECK(ernsim_trace_set(trace, "block_channels", "many") == -1);
  CHECK(ernsim_trace_set(trace, "colour", "red") == -1);
  CHECK(ernsim_trace_channel(trace, "a", 4097) == -1);
  const std::uint32_t word = 7;
  const int channel = ernsim_trace_channel(trace, "a", 4);
  CHECK(ernsim_trace_beat(trace, channel + 1, 0, 0, &word) == -1);
  CHECK(ernsim_trace_beat(trace, channel, 5, 0, &word) == 0);
  CHECK(ernsim_trace_beat(trace, channel, 4, 0, &word) == -1);
  CHECK(ernsim_trace_set(trace, "network", "late") == -1);
  CHECK(ernsim_trace_channel(trace, "late", 4) == -1);
  CHECK(ernsim_trace_close(trace) == 0);
  CHECK(traces::Reader(file.path()).beats() == 1);
}

TEST_CASE("the C interface writes the platform's parameters, the last value of each") {
  const test::TraceFile file("");
  ernsim_trace* trace = ernsim_trace_open(file.path().c_str());
  CHECK(ernsim_trace_set(trace, "convolution.lanes", "2") == 0);
  CHECK(ernsim_trace_set(trace, "convolution.lane_mapping", "pixels") == 0);
  CHECK(ernsim_trace_set(trace, "convolution.lanes", "3") == 0);
  CHECK(ernsim_trace_set(trace, "convolution.cores", "") == -1);
  CHECK(ernsim_trace_set(trace, "convolution.cores", "two words") == -1);
  CHECK(ernsim_trace_close(trace) == 0);
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  CHECK(traces::Reader(file.path()).header().parameters ==
        Parameters{{"convolution.lanes", "3"}, {"convolution.lane_mapping", "pixels"}});
}

TEST_CASE("the C interface refuses channels without a name, with blanks in it, and twice") {
  const test::TraceFile file("");
  ernsim_trace* trace = ernsim_trace_open(file.path().c_str());
  for (const char* name : {"", "-", "bad name", "tab\there"}) CHECK(ernsim_trace_channel(trace, name, 4) == -1);
  CHECK(ernsim_trace_channel(trace, "a.b", 4) == 0);
  CHECK(ernsim_trace_channel(trace, "a.b", 4) == -1);
  CHECK(ernsim_trace_close(trace) == 0);
}

TEST_CASE("beats before a flush, and those more than 65536 cycles ago, can be read though the trace is never closed") {
  const test::TraceFile file("");
  ernsim_trace* trace = ernsim_trace_open(file.path().c_str());
  const int channel = ernsim_trace_channel(trace, "a.b", 4);
  const std::uint32_t word = 7;
  for (const Cycle cycle : {1, 2, 3}) CHECK(ernsim_trace_beat(trace, channel, cycle, 0, &word) == 0);
  CHECK(ernsim_trace_flush(trace) == 0);
  CHECK(traces::Reader(file.path()).beats() == 3);
  CHECK(ernsim_trace_beat(trace, channel, 3 + 65535, 0, &word) == 0);
  CHECK(traces::Reader(file.path()).beats() == 3);
  CHECK(ernsim_trace_beat(trace, channel, 3 + 65536, 0, &word) == 0);
  CHECK(traces::Reader(file.path()).beats() == 5);
  CHECK(ernsim_trace_close(trace) == 0);
}
