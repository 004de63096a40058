#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare.h"

using namespace ernsim;
using test::OwnedBeats;
using test::TraceFile;
using traces::Mode;

namespace {

std::vector<OwnedBeats> sample() { return {test::sample_tile(100), test::sample_tile(200), test::sample_tile(300)}; }

traces::Comparison compare(const std::vector<OwnedBeats>& golden, const std::vector<OwnedBeats>& candidate,
                           traces::CompareOptions options, bool golden_hashed = false, bool candidate_hashed = false) {
  const TraceFile a(test::trace_bytes(golden, golden_hashed)), b(test::trace_bytes(candidate, candidate_hashed));
  return traces::compare(traces::Reader(a.path()), traces::Reader(b.path()), options);
}

bool same(const std::vector<OwnedBeats>& golden, const std::vector<OwnedBeats>& candidate, Mode mode,
          Cycle slack_cycles = 0) {
  return compare(golden, candidate, {mode, slack_cycles}).divergences.empty();
}

}  // namespace

TEST_CASE("a trace equals itself in every mode") {
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) CHECK(same(sample(), sample(), mode));
}

TEST_CASE("a wrong element is found with its tensor coordinates") {
  auto wrong = sample();
  wrong[1].data[128 * 6 + 2 * 9] ^= 1;  // pixel 6 of 2 x 4, channel 9 of block 2
  const auto comparison = compare(sample(), wrong, {Mode::cycles, 0});
  REQUIRE(comparison.divergences.size() == 1);
  const auto& at = comparison.divergences[0];
  CHECK(at.cycle == 206);
  CHECK(at.channel == "convolution.accumulators_out");
  CHECK(at.what == "data");
  CHECK(at.where == "layer second, channel 137, row 11, column 22");
  CHECK(at.expected != at.found);
  CHECK_FALSE(at.around.empty());
}

TEST_CASE("a beat that is one cycle late differs in cycles only") {
  auto late = sample();
  late[1].cycles.back() += 1;
  CHECK(same(sample(), late, Mode::values));
  CHECK(same(sample(), late, Mode::order));
  CHECK_FALSE(same(sample(), late, Mode::cycles));
}

TEST_CASE("a slack of N cycles allows N and not N + 1, early or late") {
  for (const Cycle by : {-3, 3}) {
    auto moved = sample();
    for (auto& cycle : moved[2].cycles) cycle += by;
    CHECK(same(sample(), moved, Mode::cycles, 3));
    CHECK_FALSE(same(sample(), moved, Mode::cycles, 2));
  }
}

TEST_CASE("exchanged beats of a run have the same values in another order") {
  auto exchanged = sample();
  std::swap(exchanged[0].addresses[2], exchanged[0].addresses[3]);
  std::swap_ranges(exchanged[0].data.begin() + 128 * 2, exchanged[0].data.begin() + 128 * 3,
                   exchanged[0].data.begin() + 128 * 3);
  CHECK(same(sample(), exchanged, Mode::values));
  const auto comparison = compare(sample(), exchanged, {Mode::order, 0});
  REQUIRE(comparison.divergences.size() == 1);
  CHECK(comparison.divergences[0].what == "address");
  CHECK(comparison.divergences[0].cycle == 102);
}

TEST_CASE("runs that come in another order have the same values") {
  auto exchanged = sample();
  exchanged[0].data[5] ^= 1;
  const auto golden = exchanged;
  std::swap(exchanged[0].data, exchanged[2].data);
  CHECK(same(golden, exchanged, Mode::values));
  CHECK_FALSE(same(golden, exchanged, Mode::order));
}

TEST_CASE("a wrong element is found by its values too, whatever else is late") {
  auto golden = sample();
  for (auto& byte : golden[1].data) byte ^= 0x11;
  auto wrong = golden;
  wrong[1].data[128 * 6 + 2 * 9] ^= 1;
  for (auto& cycle : wrong[1].cycles) cycle += 40;
  const auto comparison = compare(golden, wrong, {Mode::values, 0});
  REQUIRE(comparison.divergences.size() == 1);
  CHECK(comparison.divergences[0].what == "data");
  CHECK(comparison.divergences[0].cycle == 206);
  CHECK(comparison.divergences[0].where == "layer second, channel 137, row 11, column 22");
  CHECK_FALSE(comparison.divergences[0].around.empty());
}

TEST_CASE("a beat that comes twice has one partner only") {
  auto golden = sample();
  golden[1].data[0] ^= 1;
  auto twice = golden;
  twice[1] = twice[0];
  for (auto& cycle : twice[1].cycles) cycle += 100;
  CHECK(same(twice, twice, Mode::values));
  CHECK_FALSE(same(golden, twice, Mode::values));
  CHECK_FALSE(same(twice, golden, Mode::values));
}

TEST_CASE("values that differ everywhere end the comparison before all of both traces is held") {
  std::vector<OwnedBeats> golden, other;
  for (Cycle i = 0; i < 6000; ++i) {
    golden.push_back(test::sample_tile(10 * i));
    other.push_back(golden.back());
    for (auto& byte : other.back().data) byte ^= 0x55;
  }
  const auto comparison = compare(golden, other, {Mode::values, 0});
  REQUIRE(comparison.divergences.size() == 1);
  CHECK(comparison.divergences[0].cycle == 0);
  CHECK(comparison.beats < 8 * 6000);
}

TEST_CASE("data at a wrong address differs in every mode") {
  auto wrong = sample();
  wrong[0].addresses[7] = 200;
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) CHECK_FALSE(same(sample(), wrong, mode));
}

TEST_CASE("a missing beat and a beat too many are found in every mode") {
  auto fewer = sample();
  fewer.pop_back();
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) {
    const auto missing = compare(sample(), fewer, {mode, 0});
    REQUIRE(missing.divergences.size() == 1);
    CHECK(missing.divergences[0].what == "missing");
    CHECK(missing.divergences[0].cycle == 300);
    const auto extra = compare(fewer, sample(), {mode, 0});
    REQUIRE(extra.divergences.size() == 1);
    CHECK(extra.divergences[0].what == "extra");
    CHECK(extra.divergences[0].cycle == 300);
  }
}

TEST_CASE("how a candidate groups its beats into runs does not matter") {
  std::vector<OwnedBeats> single;
  for (const OwnedBeats& tile : sample()) {
    for (std::size_t i = 0; i < tile.cycles.size(); ++i) {
      OwnedBeats one = tile;
      one.has_instruction = false;
      one.cycles = {tile.cycles[i]};
      one.addresses = {tile.addresses[i]};
      one.data.assign(tile.data.begin() + static_cast<std::ptrdiff_t>(128 * i),
                      tile.data.begin() + static_cast<std::ptrdiff_t>(128 * (i + 1)));
      single.push_back(one);
    }
  }
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles}) CHECK(same(sample(), single, mode));
  CHECK(compare(sample(), single, {Mode::cycles, 0}, true).divergences.empty());
}

TEST_CASE("the divergence with the earliest golden cycle comes first") {
  auto golden = sample();
  OwnedBeats read = test::sample_tile(150);
  read.port = Port::quantization_accumulators_in;
  golden.push_back(read);
  auto wrong = golden;
  wrong[1].data[0] ^= 1;
  wrong[3].data[0] ^= 1;
  const auto comparison = compare(golden, wrong, {Mode::cycles, 0});
  REQUIRE(comparison.divergences.size() == 2);
  CHECK(comparison.divergences[0].channel == "quantization.accumulators_in");
  CHECK(comparison.divergences[1].channel == "convolution.accumulators_out");
}

TEST_CASE("hashes notice a wrong value, and a wrong cycle only where cycles count") {
  auto wrong = sample(), late = sample();
  wrong[1].data[77] ^= 4;
  for (auto& cycle : late[1].cycles) cycle += 1;
  for (const bool hashed : {false, true}) {
    CHECK(compare(sample(), sample(), {Mode::cycles, 0}, true, hashed).divergences.empty());
    CHECK_FALSE(compare(sample(), wrong, {Mode::values, 0}, true, hashed).divergences.empty());
    CHECK(compare(sample(), late, {Mode::order, 0}, true, hashed).divergences.empty());
    CHECK_FALSE(compare(sample(), late, {Mode::cycles, 0}, true, hashed).divergences.empty());
    CHECK_THROWS_WITH(compare(sample(), late, {Mode::cycles, 1}, true, hashed),
                      Catch::Contains("holds hashes of cycles"));
  }
}

TEST_CASE("an aligned candidate may start at any time, and then counts cycle by cycle") {
  auto moved = sample();
  for (auto& tile : moved)
    for (auto& cycle : tile.cycles) cycle -= 90;
  CHECK_FALSE(compare(sample(), moved, {Mode::cycles, 0}).divergences.empty());
  const auto aligned = compare(sample(), moved, {Mode::cycles, 0, true});
  CHECK(aligned.divergences.empty());
  CHECK(aligned.shift_cycles == 90);
  moved[2].cycles.back() += 1;
  const auto late = compare(sample(), moved, {Mode::cycles, 0, true});
  REQUIRE(late.divergences.size() == 1);
  CHECK(late.divergences[0].cycle == 307);
}

TEST_CASE("traces of different selections are not compared") {
  traces::Filter filter;
  filter.last_cycle = 150;
  const TraceFile all(test::trace_bytes(sample())), some(test::trace_bytes(sample(), false, filter));
  CHECK_THROWS_WITH(traces::compare(traces::Reader(all.path()), traces::Reader(some.path()), {}),
                    Catch::Contains("cycles:0:150") && Catch::Contains("everything"));
}
