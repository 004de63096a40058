#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"
#include "traces/compare.h"

using namespace ernsim;
using test::OwnedBeats;
using test::TraceFile;
using traces::Mode;

namespace {

std::vector<OwnedBeats> sample() {
  return {test::sample_tile(100, 0), test::sample_tile(200, 1), test::sample_tile(300, 1)};
}

std::vector<traces::LayerHash> hashes_of(const std::vector<OwnedBeats>& beats, bool hashed = false) {
  const TraceFile file(test::trace_bytes(beats, hashed));
  return traces::Reader(file.path()).layer_hashes();
}

std::vector<std::string> different(const std::vector<OwnedBeats>& candidate, traces::CompareOptions options) {
  const TraceFile a(test::trace_bytes(sample())), b(test::trace_bytes(candidate, options.slack_cycles == 0));
  const auto comparison = traces::compare(traces::Reader(a.path()), traces::Reader(b.path()), options);
  CHECK(comparison.layers == (options.mode == Mode::values ? 0 : 2));
  return comparison.different_layers;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a trace has a hash for every layer and channel that had beats, and counts these") {
  const auto hashes = hashes_of(sample());
  REQUIRE(hashes.size() == 2);
  CHECK(hashes[0].layer == 0);
  CHECK(hashes[0].beats == 8);
  CHECK(hashes[1].layer == 1);
  CHECK(hashes[1].beats == 16);
  CHECK(hashes[0].hash.values != hashes[1].hash.values);
}

TEST_CASE("hashes of layers are the same with data and without") {
  const auto with = hashes_of(sample()), without = hashes_of(sample(), true);
  REQUIRE(with.size() == without.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    CHECK(with[i].hash.values == without[i].hash.values);
    CHECK(with[i].hash.cycles == without[i].hash.cycles);
  }
}

TEST_CASE("one inverted bit of a beat changes the hash of its layer's values and nothing else") {
  auto wrong = sample();
  wrong[2].data[500] ^= 16;
  const auto right = hashes_of(sample()), found = hashes_of(wrong);
  CHECK(right[0].hash.values == found[0].hash.values);
  CHECK(right[1].hash.values != found[1].hash.values);
  CHECK(right[1].hash.cycles == found[1].hash.cycles);
}

TEST_CASE("the layers whose hashes differ are named, by cycles only where cycles count exactly") {
  auto wrong = sample(), late = sample();
  wrong[1].data[3] ^= 1;
  for (auto& cycle : late[0].cycles) cycle += 2;
  CHECK(different(sample(), {Mode::cycles, 0}).empty());
  CHECK(different(wrong, {Mode::cycles, 0}) == Names{"second"});
  CHECK(different(wrong, {Mode::order, 0}) == Names{"second"});
  CHECK(different(wrong, {Mode::values, 0}).empty());
  CHECK(different(late, {Mode::cycles, 0}) == Names{"first"});
  CHECK(different(late, {Mode::cycles, 2}).empty());
  CHECK(different(late, {Mode::order, 0}).empty());
}

TEST_CASE("a layer that only one of two traces has is one that differs") {
  auto fewer = sample();
  fewer.resize(1);
  const TraceFile a(test::trace_bytes(sample())), b(test::trace_bytes(fewer));
  const traces::Reader all(a.path()), some(b.path());
  CHECK(traces::compare(all, some, {Mode::order, 0}).different_layers == Names{"second"});
  CHECK(traces::compare(some, all, {Mode::order, 0}).different_layers == Names{"second"});
}

TEST_CASE("a trace without its end has no hashes of layers") {
  const std::string bytes = test::trace_bytes(sample());
  const TraceFile file(bytes.substr(0, bytes.size() - traces::chunk_head_bytes - 1));
  const traces::Reader trace(file.path());
  CHECK_FALSE(trace.damage().empty());
  CHECK(trace.layer_hashes().empty());
}
