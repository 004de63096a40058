#include "models/accelerator/quantization/quantization_unit.h"

#include "tests/unit/timing_contracts/bench.h"

// models/accelerator/quantization/README.md, at its edges. Defaults: issue 2, pipeline 6.

using namespace ernsim;

namespace {

Instruction quantize(int rows, int columns) {
  Instruction made;
  made.unit = UnitId::quantization;
  made.quantization.rows = static_cast<std::uint16_t>(rows);
  made.quantization.columns = static_cast<std::uint16_t>(columns);
  made.quantization.emit_codes = true;
  return made;
}

struct Bench : test::UnitBench {
  QuantizationUnit unit;

  explicit Bench(Cycle semaphore_cycles = 1)
      : UnitBench(semaphore_cycles), unit(context, QuantizationConfig{}, ConvolutionConfig{}, MemoryConfig{}) {
    unit.begin(0, 1, true);
  }
};

const auto accumulators = test::semaphore_number(MemoryId::accumulators, UnitId::convolution, UnitId::quantization);

}  // namespace

TEST_CASE("a tile takes issue, one cycle per pixel and the pipeline") {
  Bench bench;
  bench.unit.push(quantize(7, 9), 4);
  bench.run(bench.unit, 300);
  CHECK(bench.ran.at(0).start == 4);
  CHECK(bench.ran.at(0).end == 4 + 2 + 63 + 6);
}

TEST_CASE("an instruction posts pipeline_cycles + 1 after its last pixel is read, not one earlier") {
  Bench bench;
  bench.unit.push(quantize(7, 9), 0);
  const Cycle last_read = 2 + 63 - 1;
  bench.run(bench.unit, last_read + 6);
  CHECK(bench.ran.empty());
  bench.run(bench.unit, last_read + 6 + 1);
  REQUIRE(bench.ran.size() == 1);
  CHECK(bench.ran[0].end == last_read + 6 + 1);
}

TEST_CASE("the next tile is taken when the last pixel has been read, while the pipeline drains") {
  Bench bench;
  bench.unit.push(quantize(7, 9), 0);
  bench.unit.push(quantize(1, 1), 0);
  bench.run(bench.unit, 300);
  REQUIRE(bench.ran.size() == 2);
  CHECK(bench.ran[1].start == 2 + 63);
  CHECK(bench.ran[1].end == 2 + 63 + 2 + 1 + 6);
}

TEST_CASE("a credit posted at T is taken at T plus the semaphore's cycles, not one earlier") {
  for (const Cycle latency : {1, 2, 7}) {
    Bench bench(latency);
    bench.unit.push(test::waiting_for(quantize(1, 1), accumulators), 0);
    bench.run(bench.unit, 49);
    bench.semaphores.post(1U << accumulators, 50);
    bench.run(bench.unit, 50 + latency - 1);
    CHECK(bench.consumed_at.empty());
    bench.run(bench.unit, 50 + latency);
    REQUIRE(bench.consumed_at.size() == 1);
    CHECK(bench.consumed_at[0] == 50 + latency);
  }
}

TEST_CASE("a unit takes all of an instruction's credits or none") {
  const auto thresholds = test::semaphore_number(MemoryId::thresholds, UnitId::load_thresholds, UnitId::quantization);
  Bench bench;
  bench.unit.push(test::waiting_for(test::waiting_for(quantize(1, 1), accumulators), thresholds), 0);
  bench.unit.push(test::waiting_for(quantize(1, 1), accumulators), 0);
  bench.semaphores.post(1U << accumulators, 0);
  bench.run(bench.unit, 40);
  CHECK(bench.consumed_at.empty());  // the first instruction keeps the second from its credit
  bench.semaphores.post(1U << thresholds, 40);
  bench.run(bench.unit, 90);
  CHECK(bench.consumed_at == std::vector<Cycle>{41});
}

TEST_CASE("an instruction is not taken before it is in the queue") {
  Bench bench;
  bench.unit.push(quantize(1, 1), 20);
  bench.run(bench.unit, 19);
  CHECK(bench.consumed_at.empty());
  bench.run(bench.unit, 20);
  CHECK(bench.consumed_at == std::vector<Cycle>{20});
}

TEST_CASE("the cycles of a unit are busy, stalled by one cause, or idle after the last instruction") {
  Bench bench;
  Instruction last = test::waiting_for(quantize(3, 4), accumulators);
  last.last = true;
  bench.unit.push(last, 10);
  bench.run(bench.unit, 29);
  bench.semaphores.post(1U << accumulators, 29);
  bench.run(bench.unit, 99);
  bench.unit.close(100);
  const UnitStatistics& found = bench.unit.accounting().statistics();
  CHECK(found.stalled_cycles[StallCause::instructions] == 10);
  CHECK(found.stalled_cycles[StallCause::accumulators] == 20);
  CHECK(found.busy_cycles == 2 + 12);
  CHECK(found.idle_cycles == 100 - 10 - 20 - 14);
}
