#include <catch2/catch.hpp>

#include "tests/unit/traces/sample_trace.h"

using namespace ernsim;
using test::TraceFile;

namespace {

const char* const channel = "convolution.accumulators_out";

std::vector<test::OwnedBeats> random_beats(unsigned seed) {
  std::mt19937 random(seed);
  const auto draw = [&random](unsigned most) { return static_cast<std::uint32_t>(random() % (most + 1)); };
  std::vector<test::OwnedBeats> all;
  Cycle now = 0;
  for (int i = 0; i < 200; ++i) {
    test::OwnedBeats beats = test::sample_tile(now, static_cast<std::uint16_t>(draw(1)));
    beats.has_instruction = draw(3) > 0;
    beats.listed_cycles = draw(1) == 1;
    beats.listed_addresses = draw(1) == 1;
    const std::size_t count = 1 + draw(40);
    beats.cycles.resize(count);
    beats.addresses.resize(count);
    beats.data.resize(count * 128);
    beats.cycles[0] = now += draw(100);
    beats.addresses[0] = draw(70000);
    for (std::size_t b = 1; b < count; ++b) {
      beats.cycles[b] = beats.cycles[b - 1] + (beats.listed_cycles ? draw(5) : 1);
      beats.addresses[b] = beats.listed_addresses ? draw(70000) : beats.addresses[b - 1] + 1;
    }
    for (auto& byte : beats.data) byte = static_cast<std::uint8_t>(draw(255));
    now = beats.cycles.back();
    all.push_back(beats);
  }
  return all;
}

/// Runs up to the file's end or damage equal the first ones of `all`; returns how many there are.
std::size_t check_prefix(const traces::Reader& trace, const std::vector<test::OwnedBeats>& all) {
  const auto runs = test::runs_of(trace, channel);
  REQUIRE(runs.size() <= all.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    REQUIRE(runs[i].cycles == all[i].cycles);
    REQUIRE(runs[i].addresses == all[i].addresses);
    REQUIRE(runs[i].data == all[i].data);
    REQUIRE(runs[i].context.known == all[i].has_instruction);
    if (all[i].has_instruction) REQUIRE(runs[i].context.layer == all[i].instruction.at.layer);
  }
  return runs.size();
}

}  // namespace

TEST_CASE("beats are read back as they were written") {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const auto all = random_beats(seed);
    const TraceFile file(test::trace_bytes(all));
    const traces::Reader trace(file.path());
    CHECK(trace.damage().empty());
    CHECK(check_prefix(trace, all) == all.size());
  }
}

TEST_CASE("the same beats give the same bytes") {
  CHECK(test::trace_bytes(random_beats(3)) == test::trace_bytes(random_beats(3)));
}

TEST_CASE("a trace cut off anywhere says so, and what lies before the cut is usable") {
  const auto all = random_beats(9);
  const std::string bytes = test::trace_bytes(all);
  const std::size_t body = test::body_of(bytes);
  std::size_t seen = 0;
  for (std::size_t length = body; length < bytes.size(); length += 1 + bytes.size() / 97) {
    const TraceFile file(bytes.substr(0, length));
    const traces::Reader trace(file.path());
    CHECK_FALSE(trace.damage().empty());
    const std::size_t usable = check_prefix(trace, all);
    CHECK(usable >= seen);
    seen = usable;
  }
  CHECK(seen > 0);
}

TEST_CASE("a trace cut off inside its header is refused") {
  const std::string bytes = test::trace_bytes({test::sample_tile(5)});
  const std::size_t body = test::body_of(bytes) - 1;
  for (std::size_t length = 0; length < body; length += 11) {
    const TraceFile file(bytes.substr(0, length));
    CHECK_THROWS_AS(traces::Reader(file.path()), traces::TraceError);
  }
}

TEST_CASE("any inverted bit behind the header is noticed, and what lies before it is usable") {
  const auto all = random_beats(4);
  const std::string bytes = test::trace_bytes(all);
  const std::size_t body = test::body_of(bytes);
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const std::size_t at = i < 60 ? body + static_cast<std::size_t>(i) : body + random() % (bytes.size() - body);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    const TraceFile file(damaged);
    const traces::Reader trace(file.path());
    INFO("byte " << at);
    CHECK_FALSE(trace.damage().empty());
    check_prefix(trace, all);
  }
}

TEST_CASE("a file of another version is refused by its number") {
  std::string bytes = test::trace_bytes({test::sample_tile(5)});
  bytes.replace(bytes.find(" 3\n"), 3, " 1\n");
  const TraceFile file(bytes);
  CHECK_THROWS_WITH(traces::Reader(file.path()), Catch::Contains("ernsim-trace 1") && Catch::Contains("version 3"));
}

TEST_CASE("a header with a channel twice is refused") {
  traces::Header header = test::sample_header();
  header.channels.push_back(header.channels.front());
  CHECK_THROWS_WITH(traces::parse_header(to_text(header)),
                    Catch::Contains("channel convolution.activations_in is there twice"));
}

TEST_CASE("any inverted bit of the header is noticed") {
  const std::string bytes = test::trace_bytes({test::sample_tile(5)});
  for (std::size_t at = 0; at < test::body_of(bytes); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    const TraceFile file(damaged);
    INFO("byte " << at);
    CHECK_THROWS_AS(traces::Reader(file.path()), traces::TraceError);
  }
}

TEST_CASE("a channel's name has a unit and a port, or is both") {
  traces::Channel channel;
  channel.name = "store.data";
  CHECK(channel.unit() == "store");
  CHECK(channel.port() == "data");
  channel.name = "clock";
  CHECK(channel.unit() == "clock");
  CHECK(channel.port() == "clock");
}

TEST_CASE("a trace of some units has only their channels") {
  traces::Filter filter;
  filter.units = {"quantization"};
  const TraceFile file(test::trace_bytes({test::sample_tile(5)}, false, filter));
  const traces::Reader trace(file.path());
  CHECK_FALSE(trace.channel(channel));
  CHECK(trace.channel("quantization.sums_out"));
  CHECK(trace.beats() == 0);
}

TEST_CASE("a trace of some layers has only their beats") {
  traces::Filter filter;
  filter.layers = {1};
  const TraceFile file(test::trace_bytes({test::sample_tile(5, 0), test::sample_tile(50, 1)}, false, filter));
  const traces::Reader trace(file.path());
  REQUIRE(trace.beats() == 8);
  CHECK(test::runs_of(trace, channel)[0].context.layer == 1);
}

TEST_CASE("a cycle window keeps its first and its last cycle and nothing outside") {
  traces::Filter filter;
  filter.first_cycle = 7;
  filter.last_cycle = 10;
  const TraceFile file(test::trace_bytes({test::sample_tile(5)}, false, filter));
  const traces::Reader trace(file.path());
  const auto runs = test::runs_of(trace, channel);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].cycles == std::vector<Cycle>{7, 8, 9, 10});
  CHECK(runs[0].addresses == std::vector<std::uint32_t>{102, 103, 104, 105});
}

TEST_CASE("a trace of hashes keeps the first and last cycle of each run") {
  const TraceFile file(test::trace_bytes({test::sample_tile(5)}, true));
  const traces::Reader trace(file.path());
  const auto runs = test::runs_of(trace, channel);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].hashed);
  CHECK(runs[0].first_cycle() == 5);
  CHECK(runs[0].last_cycle() == 12);
  CHECK(runs[0].count == 8);
}
