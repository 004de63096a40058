#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare.h"

using namespace ernsim;
using test::OwnedBeats;
using test::TraceFile;
using traces::Mode;

namespace {

/// Tiles enough for some chunks.
std::vector<OwnedBeats> many() {
  std::mt19937 random(1);
  std::vector<OwnedBeats> tiles;
  for (Cycle i = 0; i < 1000; ++i) {
    tiles.push_back(test::sample_tile(10 * i));
    for (auto& byte : tiles.back().data) byte = static_cast<std::uint8_t>(random());
  }
  return tiles;
}

std::string cut(const std::vector<OwnedBeats>& tiles) {
  const std::string bytes = test::trace_bytes(tiles);
  return bytes.substr(0, bytes.size() * 2 / 3);
}

traces::Comparison compare(const std::string& golden, const std::string& candidate, Mode mode) {
  const TraceFile a(golden), b(candidate);
  return traces::compare(traces::Reader(a.path()), traces::Reader(b.path()), {mode, 0});
}

}  // namespace

TEST_CASE("what a truncated trace lacks is no divergence, on either side and in every mode") {
  const std::string whole = test::trace_bytes(many()), part = cut(many());
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) {
    const auto comparison = compare(whole, part, mode);
    CHECK(comparison.divergences.empty());
    CHECK(comparison.beats > 0);
    CHECK(compare(part, whole, mode).divergences.empty());
  }
}

TEST_CASE("a wrong value before the end of a truncated trace is found") {
  auto wrong = many();
  wrong[5].data[0] ^= 1;
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) {
    const auto found = compare(test::trace_bytes(many()), cut(wrong), mode).divergences;
    REQUIRE(found.size() == 1);
    CHECK(found[0].cycle == 50);
    CHECK(found[0].what == "data");
    CHECK(compare(cut(many()), test::trace_bytes(wrong), mode).divergences.size() == 1);
  }
}

TEST_CASE("traces with no channel in common are not compared") {
  traces::Filter one, other;
  one.units = {"convolution"};
  other.units = {"store"};
  CHECK_THROWS_WITH(
      compare(test::trace_bytes(many(), false, one), test::trace_bytes(many(), false, other), Mode::order),
      Catch::Contains("has no channel that"));
}

TEST_CASE("channels that only one trace has are named as not compared") {
  traces::Filter one, two;
  one.units = {"convolution"};
  two.units = {"convolution", "store"};
  const std::string few = test::trace_bytes(many(), false, one), more = test::trace_bytes(many(), false, two);
  const std::vector<std::string> of_store{"store.data", "store.burst", "store.response", "store.start", "store.end", "store.stall"};
  CHECK(compare(few, more, Mode::cycles).skipped == of_store);
  CHECK(compare(more, few, Mode::cycles).skipped == of_store);
}
