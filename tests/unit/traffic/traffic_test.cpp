#include <catch2/catch.hpp>
#include <set>

#include "models/traffic/traffic_source.h"
#include "timing/engine.h"

namespace ernsim {
namespace {

TrafficConfig camera() {
  TrafficConfig config;
  config.name = "camera";
  config.rate_mb_s = 3000;
  config.address = 4096;
  config.range_bytes = 640;
  return config;
}

/// A memory that is done with each burst after a fixed time, and what came to it when.
struct Memory : TrafficOut {
  explicit Memory(Picoseconds takes) : takes_ps(takes) {}
  void issue(std::int64_t number, const TrafficBurst&, Cycle at) override {
    issued.push_back(at);
    ++under_way;
    most = std::max(most, under_way);
    ends.push_back({number, source->clock().time_ps(at) + takes_ps});
    source->done(number, ends.back().second);
  }
  Picoseconds takes_ps;
  TrafficSource* source = nullptr;
  std::vector<Cycle> issued;
  std::vector<std::pair<std::int64_t, Picoseconds>> ends;
  std::int64_t under_way = 0, most = 0;
};

struct Bench {
  Bench(const TrafficConfig& config, Picoseconds takes_ps) : memory(takes_ps), source(config, memory) {
    memory.source = &source;
  }
  void run(EngineKind kind, Picoseconds until) {
    Engine engine(kind);
    engine.add(source);
    for (Picoseconds now = 0; now < until && now != never; now = engine.next_ps(now)) engine.evaluate(now);
  }
  Memory memory;
  TrafficSource source;
};

TEST_CASE("a burst is due when the rate has brought its bytes, to the picosecond") {
  const TrafficStream stream(camera());
  CHECK(stream.due_ps(0) == 0);
  CHECK(stream.due_ps(1) == 21334);  // 64 bytes at 3 GB/s: 21333.3 ps
  CHECK(stream.due_ps(3) == 64000);
  CHECK(stream.due_ps(3'000'000'000) == 64'000'000'000'000);
  for (const std::int64_t n : {1, 3, 1000, 999'999'937}) {
    CHECK(stream.due_until(stream.due_ps(n)) == n + 1);
    CHECK(stream.due_until(stream.due_ps(n) - 1) == n);
  }
}

TEST_CASE("a source without a rate does nothing") {
  TrafficConfig config = camera();
  config.rate_mb_s = 0;
  Bench bench(config, 0);
  bench.run(EngineKind::leap, 1'000'000);
  CHECK(bench.memory.issued.empty());
  CHECK(bench.source.progress(1'000'000).due == 0);
}

TEST_CASE("linear bursts follow each other and come back to the first") {
  const TrafficStream stream(camera());
  for (std::int64_t n = 0; n < 25; ++n)
    CHECK(stream.burst(n).address == static_cast<std::uint64_t>(4096 + n % 10 * 64));
}

TEST_CASE("strided bursts cover their range and stay in it") {
  TrafficConfig config = camera();
  config.pattern = TrafficAddresses::strided;
  config.stride_bytes = 128;
  const TrafficStream stream(config);
  std::set<std::uint64_t> seen;
  for (std::int64_t n = 0; n < 10; ++n) seen.insert(stream.burst(n).address);
  CHECK(seen.size() == 10);
  CHECK(stream.burst(1).address == 4096 + 128);
  CHECK(stream.burst(5).address == 4096 + 64);
  config.range_bytes = 1000;
  config.stride_bytes = 333;
  const TrafficStream odd(config);
  for (std::int64_t n = 0; n < 100; ++n) CHECK(odd.burst(n).address + 64 <= 4096 + 1000);
}

TEST_CASE("random bursts lie in their range, reach all of it and are the seed's") {
  TrafficConfig config = camera();
  config.pattern = TrafficAddresses::random;
  const TrafficStream stream(config), again(config);
  config.seed = 2;
  const TrafficStream other(config);
  std::set<std::uint64_t> seen;
  int different = 0;
  for (std::int64_t n = 0; n < 200; ++n) {
    seen.insert(stream.burst(n).address);
    CHECK(stream.burst(n).address == again.burst(n).address);
    different += stream.burst(n).address != other.burst(n).address ? 1 : 0;
  }
  CHECK(seen.size() == 10);
  CHECK(*seen.begin() == 4096);
  CHECK(*seen.rbegin() == 4096 + 9 * 64);
  CHECK(different > 100);
}

TEST_CASE("the share of writes is kept from the first burst on") {
  TrafficConfig config = camera();
  for (const double share : {0.0, 0.25, 1.0 / 3, 0.5, 1.0}) {
    config.write_fraction = share;
    const TrafficStream stream(config);
    std::int64_t writes = 0;
    for (std::int64_t n = 0; n < 1000; ++n) {
      writes += stream.burst(n).write ? 1 : 0;
      CHECK(std::abs(static_cast<double>(writes) - share * static_cast<double>(n + 1)) < 1.01);
    }
  }
}

TEST_CASE("a source issues a burst at the first edge after it is due and never before") {
  for (const EngineKind kind : {EngineKind::step, EngineKind::leap}) {
    Bench bench(camera(), 10'000);
    bench.run(kind, 100'000'000);
    const TrafficStream stream(camera());
    REQUIRE(bench.memory.issued.size() > 4600);
    for (std::size_t i = 0; i < bench.memory.issued.size(); ++i)
      REQUIRE(bench.memory.issued[i] ==
              bench.source.clock().edge_at_or_after(stream.due_ps(static_cast<std::int64_t>(i))));
  }
}

TEST_CASE("no more bursts are under way than allowed and what is late is made up for") {
  TrafficConfig config = camera();
  config.outstanding = 2;
  Bench bench(config, 100'000);
  bench.run(EngineKind::leap, 10'000'000);
  for (std::size_t i = 2; i < bench.memory.issued.size(); ++i)
    CHECK(bench.source.clock().time_ps(bench.memory.issued[i]) >= bench.memory.ends[i - 2].second);
  const TrafficProgress progress = bench.source.progress(10'000'000);
  CHECK(progress.due == 469);
  CHECK(progress.done == 199);  // two each 100 ns, 4 ns apart
  CHECK(bench.source.latest_ps() > 5'000'000);
}

TEST_CASE("a burst counts as done from its time on and not when it is told") {
  Bench bench(camera(), 50'000);
  bench.run(EngineKind::leap, 1);
  CHECK(bench.source.progress(49'999).done == 0);
  CHECK(bench.source.progress(50'000).done == 1);
}

TEST_CASE("a range beyond the memory or shorter than a burst is refused by name") {
  TrafficConfig config = camera();
  CHECK_NOTHROW(validate(config, 4096 + 640));
  CHECK_THROWS_WITH(validate(config, 4096 + 639), Catch::Contains("traffic.camera"));
  config.range_bytes = 63;
  CHECK_THROWS_WITH(validate(config, 1 << 20), Catch::Contains("traffic.camera.range_bytes = 63"));
}

}  // namespace
}  // namespace ernsim
