#include "tlm/interconnect.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

// tlm/README.md, at its edges: both clocks of 1 ns without synchroniser, read latency 150 ns, write latency 100 ns, the
// store on one port, unless said.

using namespace ernsim;

namespace {

InterconnectConfig one_clock() {
  InterconnectConfig config;
  config.clock_mhz = 1000;
  config.synchroniser_stages = 0;
  config.gang_of_load_residuals = config.gang_of_store = 1;
  return config;
}

struct Bench : InterconnectSide, PortDataObserver {
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
  std::vector<PortData> passed;
  Cycle now = 0;
  std::uintptr_t handles = 0;

  explicit Bench(const InterconnectConfig& given = one_clock(), Picoseconds unit_ps = 1000)
      : config(given), ports(Clock{unit_ps}, given, *this) {
    ports.show_data(this);
  }

  void port_data(const PortData& data) override { passed.push_back(data); }
  void to_memory(const Burst& burst, std::size_t port, Cycle at) override { forwarded.push_back({burst, port, at}); }
  void to_initiator(const Burst& burst, const BurstTiming& timing) override { returned.push_back({burst, timing}); }

  Burst request(InitiatorId who, Cycle visible, bool write = false, std::uint32_t beats = 16,
                std::uint64_t address = 0) {
    Burst burst;
    burst.address = address;
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
  InterconnectConfig config = one_clock();
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
  InterconnectConfig config = one_clock();
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

TEST_CASE("an answer to a burst that is not under way is an error with its address") {
  Bench bench;
  const Burst burst = bench.request(InitiatorId::load_weights, 10, false, 16, 0x1000);
  CHECK_THROWS_WITH(bench.ports.memory_done(burst, 10'000), Catch::Matchers::Contains("address 4096"));
  bench.run(20);
  bench.ports.memory_done(burst, 20'000);
  bench.run(300);
  CHECK_THROWS_WITH(bench.ports.memory_done(burst, 300'000), Catch::Matchers::Contains("not under way"));
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

namespace {

/// Ports at 250 MHz with a synchroniser of two edges, units at 100 MHz.
InterconnectConfig two_clocks() {
  InterconnectConfig config = one_clock();
  config.clock_mhz = 250;
  config.synchroniser_stages = 2;
  config.read_latency_ns = config.write_latency_ns = 0;
  return config;
}

constexpr Picoseconds unit_ps = 10'000;

}  // namespace

TEST_CASE("a burst issued in a unit's cycle is seen at the ports' edge at or after that cycle's end, and two later") {
  for (const auto& [issued, passed] : {std::pair<Cycle, Cycle>{0, 5}, {1, 7}, {2, 10}}) {  // ends at 10, 20, 30 ns
    Bench bench(two_clocks(), unit_ps);
    Burst burst;
    burst.initiator = InitiatorId::load_weights;
    burst.beats = 1;
    bench.ports.issue(burst, issued);
    bench.run(20);
    REQUIRE(bench.forwarded.size() == 1);
    CHECK(bench.forwarded[0].at == passed);
  }
}

TEST_CASE(
    "faster ports bring several beats in a unit's cycle, the last one seen two edges after the edge that has it") {
  Bench bench(two_clocks(), unit_ps);
  const Burst burst = bench.request(InitiatorId::load_weights, 0);
  bench.run(4);
  bench.ports.memory_done(burst, 20'000);  // beats in cycles 5 to 20, the first whole at 24 ns, the last at 84 ns
  bench.run(5);
  REQUIRE(bench.returned.size() == 1);
  CHECK(bench.returned[0].timing.port_start == 5);
  CHECK(bench.returned[0].timing.data_start == 3 + 2 - 1);
  CHECK(bench.returned[0].timing.done == 9 + 2);
}

TEST_CASE("a write response is seen two of the unit's edges after the edge that has it") {
  Bench bench(two_clocks(), unit_ps);
  const Burst burst = bench.request(InitiatorId::store, 0, true);
  bench.run(20);
  bench.ports.memory_done(burst, 81'000);  // in cycle 21, whole at 88 ns
  bench.run(21);
  REQUIRE(bench.returned.size() == 1);
  CHECK(bench.returned[0].timing.done == 9 + 2);
  CHECK(bench.returned[0].timing.data_start == 9 + 2 - 7);  // 16 beats of 4 ns
}

namespace {

InterconnectConfig gang_of(std::int64_t gang, std::int64_t ports = 4) {
  InterconnectConfig config = one_clock();
  config.read_latency_ns = 0;
  config.gang_of_load_residuals = gang;
  config.ports = ports;
  return config;
}

std::vector<std::size_t> ports_of_bursts(const InterconnectConfig& config) {
  Bench bench(config);
  for (std::uint64_t i = 0; i < 5; ++i) bench.request(InitiatorId::load_residuals, 0, false, 16, 256 * i + 16 * i);
  bench.run(30);
  std::vector<std::size_t> found;
  for (const auto& each : bench.forwarded) {
    CHECK(each.at == static_cast<Cycle>(found.size()));  // one address a cycle, on whichever port
    found.push_back(each.port);
  }
  return found;
}

}  // namespace

TEST_CASE("a gang's bursts are spread by address, as many bytes at a time as a port's longest burst") {
  using Found = std::vector<std::size_t>;
  CHECK(ports_of_bursts(gang_of(1)) == Found{2, 2, 2, 2, 2});
  CHECK(ports_of_bursts(gang_of(2)) == Found{2, 3, 2, 3, 2});
  CHECK(ports_of_bursts(gang_of(3)) == Found{2, 3, 0, 2, 3});
  CHECK(ports_of_bursts(gang_of(4, 6)) == Found{2, 3, 4, 5, 2});
  CHECK(ports_of_bursts(gang_of(4, 3)) == Found{2, 0, 1, 2, 0});
  CHECK(ports_of_bursts(gang_of(4, 1)) == Found{0, 0, 0, 0, 0});
}

TEST_CASE("the data of a gang's bursts pass its ports at once, and are seen in the order of issue") {
  Bench bench(gang_of(2));
  const Burst first = bench.request(InitiatorId::load_residuals, 0, false, 16, 0);
  const Burst second = bench.request(InitiatorId::load_residuals, 0, false, 4, 256);
  bench.run(9);
  bench.ports.memory_done(second, 10'000);
  bench.run(19);
  CHECK(bench.returned.empty());  // not before the first one's
  bench.ports.memory_done(first, 20'000);
  bench.run(20);
  REQUIRE(bench.returned.size() == 2);
  REQUIRE(bench.passed.size() == 2);
  CHECK((bench.passed[0].port == 2 && bench.passed[0].begin == 20 && bench.passed[0].end == 36));
  CHECK((bench.passed[1].port == 3 && bench.passed[1].begin == 20 && bench.passed[1].end == 24));
  CHECK(bench.returned[0].timing.data_start == 20);
  CHECK(bench.returned[0].timing.done == 36);
  CHECK(bench.returned[1].timing.data_start == 35);
  CHECK(bench.returned[1].timing.done == 36);
  CHECK(bench.returned[1].timing.port_wait == 0);
}

TEST_CASE("steps that wait for their beats begin as early as lets each have its own") {
  std::size_t late = 0;
  for (const Picoseconds axi : {3003, 4000, 8000, 8197, 20000})
    for (const std::uint32_t per_step : {1U, 2U, 5U, 8U, 32U})
      for (const std::uint32_t beats : {1U, 2U, 4U, 5U, 13U, 16U})
        for (Cycle first = 100; first < 117; ++first) {
          const PortLink link{16, {Clock{axi}, Clock{8000}, 2}};
          Cycle expected = 0;
          for (std::uint32_t i = 0; i < beats; ++i)
            expected = std::max(expected, link.seen(first + i) - static_cast<Cycle>(i / per_step));
          CHECK(link.first_step(first, beats, per_step) == expected);
          late += expected > link.seen(first) ? 1 : 0;
        }
  CHECK(late > 100);
}
