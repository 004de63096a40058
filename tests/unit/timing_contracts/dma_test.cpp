#include "models/accelerator/dma/load_engine.h"
#include "models/accelerator/dma/memory_sink.h"
#include "models/accelerator/dma/residual_sink.h"
#include "models/accelerator/dma/store_engine.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "tests/unit/timing_contracts/bench.h"

// models/accelerator/dma/README.md, at its edges. Defaults: issue 4, 8 outstanding, 16 beats of 16 bytes.

using namespace ernsim;

namespace {

/// A port that remembers when bursts were issued and completes them when told.
struct BurstLog : BurstPort {
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
  BurstLog port;
  MemorySink sink;
  LoadEngine unit;

  explicit Bench(const DmaConfig& config = {})
      : unit(UnitId::load_weights, InitiatorId::load_weights, context, config, test::same_clock, port, sink) {
    unit.begin(0, 1, true);
  }
  void complete(std::size_t burst, Cycle data_start) {
    const Burst& done = port.issued.at(burst).burst;
    unit.completed(done, {data_start, data_start + done.beats, 0, MemoryDelay::none, 0, data_start});
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

namespace {

/// Loads through an embedding that takes one pixel per cycle, and whose write port may be shared.
struct SlowBench : test::UnitBench {
  BurstLog port;
  SharedWritePort shared;
  PixelEmbedding embedding{PixelEmbeddingConfig{1}, 64};
  LoadEngine unit{
      UnitId::load_activations, InitiatorId::load_activations, context, DmaConfig{}, test::same_clock, port, embedding};

  SlowBench() { unit.begin(0, 1, true); }
  /// Two loads of 96 bytes, of a burst each, whose first beats come in cycles 20 and 26.
  void two_loads(bool image) {
    for (const std::uint32_t address : {0U, 4096U}) {
      Instruction made = load(address, 96);
      made.transfer.image = image;
      unit.push(made, 0);
    }
    run(unit, 19);
    REQUIRE(port.issued.size() == 2);
    unit.completed(port.issued[0].burst, {20, 26, 0, MemoryDelay::none, 0, 20});
    unit.completed(port.issued[1].burst, {26, 32, 0, MemoryDelay::none, 0, 26});
    run(unit, 200);
    REQUIRE(ran.size() == 2);
  }
};

}  // namespace

TEST_CASE("loads that the embedding delays end each when its own last pixel is in place") {
  SlowBench bench;
  bench.two_loads(true);  // 32 pixels each, one per cycle from cycle 20 on
  CHECK(bench.ran[0].end == 52);
  CHECK(bench.ran[1].end == 84);
}

TEST_CASE("loads that give way to the quantization unit end each when its own last word is in place") {
  SlowBench bench;
  bench.unit.share(bench.shared);
  bench.shared.reserve(0, 22, 40);
  bench.two_loads(false);  // six beats each: 20, 21, 40 to 43; 44 to 49
  CHECK(bench.ran[0].end == 44);
  CHECK(bench.ran[1].end == 50);
}

TEST_CASE("a burst sees what was reserved up to the cycle of its last beat, not what is reserved later") {
  for (const Cycle made : {25, 26}) {
    SlowBench bench;
    bench.unit.share(bench.shared);
    bench.shared.reserve(made, 30, 40);
    bench.two_loads(true);  // the last beat of the first one comes in cycle 25
    CHECK(bench.ran[0].end == (made == 25 ? 62 : 52));
  }
}

TEST_CASE("cycles in which what has come is still being embedded are busy, not stalled by memory") {
  SlowBench bench;
  for (const std::uint32_t address : {0U, 4096U}) {
    Instruction made = load(address, 96);
    made.transfer.image = true;
    bench.unit.push(made, 0);
  }
  bench.run(bench.unit, 19);
  bench.unit.completed(bench.port.issued.at(0).burst, {20, 26, 0, MemoryDelay::none, 0, 20});
  bench.unit.completed(bench.port.issued.at(1).burst, {40, 46, 0, MemoryDelay::none, 0, 40});
  bench.run(bench.unit, 99);
  bench.unit.close(100);
  const UnitStatistics& found = bench.unit.accounting().statistics();
  CHECK(found.busy_cycles == 84 - 20);
  CHECK(found.stalled_cycles[StallCause::memory] == 20);
}

TEST_CASE("residual loads under way together end each with its own last beat") {
  test::UnitBench bench;
  BurstLog port;
  ResidualSink sink;
  LoadEngine unit(UnitId::load_residuals, InitiatorId::load_residuals, bench.context, DmaConfig{}, test::same_clock,
                  port, sink);
  unit.begin(0, 1, true);
  for (const std::uint32_t address : {0U, 4096U}) {
    Instruction made = load(address, 96);
    made.transfer.sum_bits = 12;
    unit.push(made, 0);
  }
  bench.run(unit, 19);
  unit.completed(port.issued.at(0).burst, {20, 26, 0, MemoryDelay::none, 0, 20});
  unit.completed(port.issued.at(1).burst, {27, 33, 0, MemoryDelay::none, 0, 27});
  bench.run(unit, 100);
  REQUIRE(bench.ran.size() == 2);
  CHECK(bench.ran[0].end == 26);
  CHECK(bench.ran[1].end == 33);
}

TEST_CASE("stores under way together end each with its own response") {
  test::UnitBench bench;
  BurstLog port;
  StoreEngine unit(bench.context, DmaConfig{}, test::same_clock, port);
  unit.begin(0, 1, true);
  for (const std::uint32_t address : {0U, 4096U}) {
    Instruction made = load(address, 96);
    made.unit = UnitId::store;
    unit.push(made, 0);
  }
  bench.run(unit, 19);
  unit.completed(port.issued.at(0).burst, {39, 40, 0, MemoryDelay::none, 0, 39});
  unit.completed(port.issued.at(1).burst, {59, 60, 0, MemoryDelay::none, 0, 59});
  bench.run(unit, 100);
  REQUIRE(bench.ran.size() == 2);
  CHECK(bench.ran[0].end == 40);
  CHECK(bench.ran[1].end == 60);
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

TEST_CASE("the next instruction's semaphores are taken in the cycle after the last burst is issued") {
  Bench bench;
  bench.unit.push(load(0, 512), 0);
  bench.unit.push(load(4096, 256), 0);
  bench.run(bench.unit, 5);  // bursts issued in 4 and 5
  CHECK(bench.consumed_at == std::vector<Cycle>{0});
  bench.run(bench.unit, 6);
  CHECK(bench.consumed_at == std::vector<Cycle>{0, 6});
}

TEST_CASE("a burst waits until the buffer has room for all its beats, and is issued in that cycle") {
  SlowBench bench;
  bench.unit.buffer(13);  // two bursts of six beats
  for (const std::uint32_t address : {0U, 4096U, 8192U}) {
    Instruction made = load(address, 96);
    made.transfer.image = true;
    bench.unit.push(made, 0);
  }
  bench.run(bench.unit, 19);
  REQUIRE(bench.port.issued.size() == 2);
  bench.unit.completed(bench.port.issued[0].burst, {20, 26, 0, MemoryDelay::none, 0, 20});
  bench.unit.completed(bench.port.issued[1].burst, {26, 32, 0, MemoryDelay::none, 0, 26});
  bench.run(bench.unit, 51);  // 32 pixels from cycle 20 on
  CHECK(bench.port.issued.size() == 2);
  bench.run(bench.unit, 52);
  REQUIRE(bench.port.issued.size() == 3);
  CHECK(bench.port.issued[2].at == 52);
}

TEST_CASE("a buffer with room for every burst under way changes no cycle") {
  const auto issued_at = [](std::int64_t depth_beats) {
    SlowBench bench;
    bench.unit.buffer(depth_beats);
    for (std::uint32_t i = 0; i < 3; ++i) bench.unit.push(load(4096 * i, 96), 0);
    bench.run(bench.unit, 60);
    std::vector<Cycle> cycles;
    for (const auto& each : bench.port.issued) cycles.push_back(each.at);
    return cycles;
  };
  CHECK(issued_at(18) == issued_at(4096));
  CHECK(issued_at(18).size() == 3);
  CHECK(issued_at(17).size() == 2);
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
