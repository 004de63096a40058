#include "models/dma/load_engine.h"
#include "models/dma/memory_sink.h"
#include "models/dma/store_engine.h"
#include "tests/unit/timing_contracts/bench.h"

// models/dma/README.md, at its edges. Defaults: issue 4, 8 outstanding, 16 beats of 16 bytes.

using namespace ernsim;

namespace {

/// A port that remembers when bursts were issued and completes them when told.
struct Port : BurstPort {
  struct Issued {
    Burst burst;
    Cycle at = 0;
  };
  std::vector<Issued> issued;

  void issue(const Burst& burst, Cycle at) override { issued.push_back({burst, at}); }
  void release(const Burst&) override {}
};

Instruction load(std::uint32_t address, std::uint32_t bytes) {
  Instruction made;
  made.unit = UnitId::load_weights;
  made.transfer.external_address = address;
  made.transfer.run_bytes = bytes;
  return made;
}

struct Bench : test::UnitBench {
  Port port;
  MemorySink sink;
  LoadEngine unit;

  explicit Bench(const DmaConfig& config = {})
      : unit(UnitId::load_weights, InitiatorId::load_weights, context, config, 16, port, sink) {
    unit.begin(0, 1, true);
  }
  void complete(std::size_t burst, Cycle data_start) {
    const Burst& done = port.issued.at(burst).burst;
    unit.completed(done, {data_start, data_start + done.beats, 0, MemoryDelay::none, 0});
  }
};

}  // namespace

TEST_CASE("the first burst is issued issue_cycles after the semaphores, then one per cycle") {
  Bench bench;
  bench.unit.push(load(0, 1024), 3);
  bench.run(bench.unit, 50);
  REQUIRE(bench.port.issued.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(bench.port.issued[i].at == 3 + 4 + static_cast<Cycle>(i));
    CHECK(bench.port.issued[i].burst.address == 256 * i);
    CHECK(bench.port.issued[i].burst.beats == 16);
  }
}

TEST_CASE("no more bursts are under way than allowed, and the next follows when one is done") {
  DmaConfig config;
  config.max_outstanding = 2;
  Bench bench(config);
  bench.unit.push(load(0, 1024), 0);
  bench.run(bench.unit, 30);
  CHECK(bench.port.issued.size() == 2);
  bench.complete(0, 31);
  bench.run(bench.unit, 46);
  CHECK(bench.port.issued.size() == 2);  // done at 47
  bench.run(bench.unit, 47);
  REQUIRE(bench.port.issued.size() == 3);
  CHECK(bench.port.issued[2].at == 47);
}

TEST_CASE("an instruction is finished in the cycle its last burst is done") {
  Bench bench;
  bench.unit.push(load(0, 512), 0);
  bench.run(bench.unit, 30);
  bench.complete(0, 40);
  bench.complete(1, 56);
  bench.run(bench.unit, 71);
  CHECK(bench.ran.empty());
  bench.run(bench.unit, 72);
  REQUIRE(bench.ran.size() == 1);
  CHECK(bench.ran[0].end == 72);
}

TEST_CASE("the next instruction's bursts are issued while the first waits for its data") {
  Bench bench;
  bench.unit.push(load(0, 256), 0);
  bench.unit.push(load(4096, 256), 0);
  bench.run(bench.unit, 30);
  REQUIRE(bench.port.issued.size() == 2);
  CHECK(bench.port.issued[0].at == 4);
  CHECK(bench.port.issued[1].burst.address == 4096);
  CHECK(bench.ran.empty());
}

TEST_CASE("bursts end at multiples of the longest burst and never cross 4 KiB") {
  for (const std::uint32_t width : {4U, 8U, 16U, 32U, 64U})
    for (const std::uint32_t beats : {1U, 3U, 7U, 16U})
      for (std::uint64_t begin = 4000; begin < 4300; begin += 7) {
        std::uint64_t at = begin;
        const std::uint64_t end = begin + 3001;
        while (at < end) {
          const Burst burst = next_burst(at, end, width, beats);
          REQUIRE(burst.bytes > 0);
          CHECK(burst.beats <= beats);
          CHECK(at / 4096 == (at + burst.bytes - 1) / 4096);
          const std::uint64_t next = at + burst.bytes;
          CHECK((next == end || next % (std::uint64_t{width} * beats) == 0 || next % 4096 == 0));
          CHECK(burst.beats == (next - 1) / width - at / width + 1);
          at = next;
        }
        CHECK(at == end);
      }
}
