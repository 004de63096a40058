#include "tlm/interconnect.h"

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

// tlm/README.md, at its edges: clock of 1 ns, read latency 150 ns, write latency 100 ns unless said.

using namespace ernsim;

namespace {

struct Bench : InterconnectSide {
  struct Forwarded {
    Burst burst;
    std::size_t port = 0;
    Cycle at = 0;
  };
  struct Returned {
    Burst burst;
    BurstTiming timing;
  };

  InterconnectConfig config;
  Interconnect ports;
  std::vector<Forwarded> forwarded;
  std::vector<Returned> returned;
  Cycle now = 0;
  std::uintptr_t handles = 0;

  explicit Bench(const InterconnectConfig& given = {}) : config(given), ports(Clock{1000}, given, *this) {}

  void to_memory(const Burst& burst, std::size_t port, Cycle at) override { forwarded.push_back({burst, port, at}); }
  void to_initiator(const Burst& burst, const BurstTiming& timing) override { returned.push_back({burst, timing}); }

  Burst request(InitiatorId who, Cycle visible, bool write = false, std::uint32_t beats = 16) {
    Burst burst;
    burst.initiator = who;
    burst.beats = beats;
    burst.bytes = beats * 16;
    burst.write = write;
    burst.handle = reinterpret_cast<void*>(++handles);
    ports.request(burst, visible);
    return burst;
  }
  void run(Cycle last) {
    for (; now <= last; ++now) ports.evaluate(now);
  }
};

}  // namespace

TEST_CASE("a port passes one read address per cycle, its initiators in turn") {
  Bench bench;  // weights and thresholds share port 1
  for (int i = 0; i < 3; ++i) {
    bench.request(InitiatorId::load_weights, 5);
    bench.request(InitiatorId::load_thresholds, 5);
  }
  bench.run(20);
  REQUIRE(bench.forwarded.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(bench.forwarded[i].at == 5 + static_cast<Cycle>(i));
    CHECK(bench.forwarded[i].port == 1);
    if (i > 0) CHECK(bench.forwarded[i].burst.initiator != bench.forwarded[i - 1].burst.initiator);
  }
}

TEST_CASE("different ports pass addresses in the same cycle") {
  Bench bench;
  bench.request(InitiatorId::load_activations, 5);
  bench.request(InitiatorId::load_weights, 5);
  bench.request(InitiatorId::load_residuals, 5);
  bench.run(5);
  CHECK(bench.forwarded.size() == 3);
}

TEST_CASE("with fewer ports an engine uses its port's number modulo theirs, and shares the addresses' cycles") {
  InterconnectConfig config;
  config.port_of_load_weights = 3;
  const auto ports_of = [&config](std::int64_t ports) {
    config.ports = ports;
    Bench bench(config);
    for (const auto who : {InitiatorId::load_activations, InitiatorId::load_weights, InitiatorId::load_residuals})
      bench.request(who, 5);
    bench.run(20);
    std::vector<std::pair<std::size_t, Cycle>> found;
    for (const auto& each : bench.forwarded) found.emplace_back(each.port, each.at);
    return found;
  };
  using Found = std::vector<std::pair<std::size_t, Cycle>>;
  CHECK(ports_of(4) == Found{{0, 5}, {2, 5}, {3, 5}});
  CHECK(ports_of(3) == Found{{0, 5}, {2, 5}, {0, 6}});
  CHECK(ports_of(2) == Found{{0, 5}, {1, 5}, {0, 6}});
  CHECK(ports_of(1) == Found{{0, 5}, {0, 6}, {0, 7}});
}

TEST_CASE("a write reaches the memory when its beats have been on the data channel") {
  Bench bench;
  bench.request(InitiatorId::store, 5, true);
  bench.request(InitiatorId::store, 5, true);
  bench.run(60);
  REQUIRE(bench.forwarded.size() == 2);
  CHECK(bench.forwarded[0].at == 5 + 16);
  CHECK(bench.forwarded[1].at == 5 + 32);
}

TEST_CASE("read data start a read latency after the memory is done and take a cycle per beat") {
  Bench bench;
  const Burst burst = bench.request(InitiatorId::load_weights, 0);
  bench.run(9);
  bench.ports.memory_done(burst, 10'000);
  bench.run(159);
  CHECK(bench.returned.empty());
  bench.run(160);
  REQUIRE(bench.returned.size() == 1);
  CHECK(bench.returned[0].timing.data_start == 160);
  CHECK(bench.returned[0].timing.done == 176);
  CHECK(bench.returned[0].timing.port_wait == 0);
}

TEST_CASE("a time between two edges is seen at the later one") {
  Bench bench;
  const Burst burst = bench.request(InitiatorId::load_weights, 0);
  bench.run(9);
  bench.ports.memory_done(burst, 10'001);
  bench.run(160);
  CHECK(bench.returned.empty());
  bench.run(161);
  CHECK(bench.returned.size() == 1);
}

TEST_CASE("data of two initiators of a port follow each other, and the later one waited for the port") {
  Bench bench;
  const Burst one = bench.request(InitiatorId::load_weights, 0), two = bench.request(InitiatorId::load_thresholds, 0);
  bench.run(9);
  bench.ports.memory_done(one, 10'000);
  bench.ports.memory_done(two, 10'000);
  bench.run(200);
  REQUIRE(bench.returned.size() == 2);
  CHECK(bench.returned[0].timing.done == 176);
  CHECK(bench.returned[1].timing.data_start == 176);
  CHECK(bench.returned[1].timing.port_wait == 16);
}

TEST_CASE("bursts of one initiator complete in order though the memory was faster with the second") {
  Bench bench;
  const Burst one = bench.request(InitiatorId::load_weights, 0), two = bench.request(InitiatorId::load_weights, 0);
  bench.run(9);
  bench.ports.memory_done(two, 10'000);
  bench.run(300);
  CHECK(bench.returned.empty());
  bench.ports.memory_done(one, 301'000);
  bench.run(600);
  REQUIRE(bench.returned.size() == 2);
  CHECK(bench.returned[0].burst.handle == one.handle);
  CHECK(bench.returned[1].burst.handle == two.handle);
}

TEST_CASE("a port holds back what is beyond its outstanding bursts until one is back") {
  InterconnectConfig config;
  config.port_outstanding = 2;
  Bench bench(config);
  const Burst first = bench.request(InitiatorId::load_weights, 0);
  bench.request(InitiatorId::load_weights, 0);
  bench.request(InitiatorId::load_weights, 0);
  bench.run(50);
  CHECK(bench.forwarded.size() == 2);
  bench.ports.memory_done(first, 51'000);
  bench.run(200);
  CHECK(bench.forwarded.size() == 2);
  bench.run(202);
  CHECK(bench.forwarded.size() == 3);
}

TEST_CASE("a write response comes a write latency after the memory is done") {
  Bench bench;
  const Burst burst = bench.request(InitiatorId::store, 0, true);
  bench.run(20);
  bench.ports.memory_done(burst, 30'000);
  bench.run(200);
  REQUIRE(bench.returned.size() == 1);
  CHECK(bench.returned[0].timing.done == 30 + 100 + 1);
}

TEST_CASE("the next write address is passed on with the last beat of the write before, not earlier") {
  Bench bench;
  bench.request(InitiatorId::store, 5, true);
  bench.request(InitiatorId::store, 5, true, 1);
  bench.run(5 + 15 - 1);
  CHECK(bench.forwarded.size() == 1);  // beats in cycles 5 to 20
  bench.run(5 + 15);
  REQUIRE(bench.forwarded.size() == 2);
  CHECK(bench.forwarded[1].at == 5 + 16 + 1);
}

TEST_CASE("a write response takes a cycle, from a write latency after the memory is done on") {
  Bench bench;
  const Burst burst = bench.request(InitiatorId::store, 0, true);
  bench.run(30);
  bench.ports.memory_done(burst, 40'000);
  bench.run(139);
  CHECK(bench.returned.empty());
  bench.run(140);
  REQUIRE(bench.returned.size() == 1);
  CHECK(bench.returned[0].timing.done == 141);
}
