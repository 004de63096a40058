#include "models/accelerator/convolution/convolution_unit.h"

#include "tests/unit/timing_contracts/bench.h"

// models/accelerator/convolution/README.md, at its edges. Defaults: issue 2, pipeline 8, a pane loads in B = 64 cycles.

using namespace ernsim;

namespace {

/// A 1x1 convolution: one pane per input block, rows x columns steps each.
Instruction convolve(int rows, int columns, int in_blocks = 1) {
  Instruction made;
  made.unit = UnitId::convolution;
  made.convolution.kernel = 1;
  made.convolution.out_rows = static_cast<std::uint16_t>(rows);
  made.convolution.out_columns = static_cast<std::uint16_t>(columns);
  made.convolution.in_blocks = static_cast<std::uint16_t>(in_blocks);
  return made;
}

struct Bench : test::UnitBench {
  ConvolutionConfig config;
  ConvolutionUnit unit;

  explicit Bench(const ConvolutionConfig& given = {}, Cycle semaphore_cycles = 1)
      : UnitBench(semaphore_cycles), config(given), unit(context, given, MemoryConfig{}) {
    unit.begin(0, 1, true);
  }
};

}  // namespace

TEST_CASE("the array starts when the first pane is loaded and finishes a pipeline after its last step") {
  Bench bench;
  bench.unit.push(convolve(10, 10), 5);
  bench.run(bench.unit, 400);
  REQUIRE(bench.ran.size() == 1);
  CHECK(bench.ran[0].start == 5);               // semaphores taken
  CHECK(bench.ran[0].end == 5 + 64 + 100 + 8);  // pane, steps, pipeline
}

TEST_CASE("a pane loads while the one before it is swept") {
  Bench bench;
  bench.unit.push(convolve(10, 10, 3), 0);
  bench.run(bench.unit, 600);
  CHECK(bench.ran.at(0).end == 64 + 3 * 100 + 8);
}

TEST_CASE("a sweep shorter than a pane's load waits for the pane") {
  Bench bench;
  bench.unit.push(convolve(5, 10, 3), 0);
  bench.run(bench.unit, 600);
  CHECK(bench.ran.at(0).end == 64 + 64 + 64 + 50 + 8);
}

TEST_CASE("a sweep of as many steps as a pane's load waits for nothing") {
  Bench bench;
  bench.unit.push(convolve(8, 8, 3), 0);
  bench.run(bench.unit, 600);
  CHECK(bench.ran.at(0).end == 64 + 3 * 64 + 8);
}

TEST_CASE("a sweep shorter than the pipeline lasts as long as the pipeline") {
  ConvolutionConfig config;
  config.pane_load_cycles = 1;
  config.pipeline_cycles = 30;
  Bench bench(config);
  bench.unit.push(convolve(2, 5, 4), 0);
  bench.run(bench.unit, 600);
  CHECK(bench.ran.at(0).end == 2 + 4 * 30 + 30);  // issue, four sweeps, pipeline
}

TEST_CASE("the next instruction is taken when the last sweep ends, and its pane is loaded by then") {
  Bench bench;
  bench.unit.push(convolve(10, 10), 0);
  bench.unit.push(convolve(10, 10), 0);
  bench.run(bench.unit, 600);
  REQUIRE(bench.ran.size() == 2);
  CHECK(bench.ran[1].start == 64 + 100);
  CHECK(bench.ran[1].end == 64 + 100 + 2 + 100 + 8);  // the issue cycles are not hidden
}

TEST_CASE("a weight credit is taken in the cycle it is visible and not before") {
  const auto weights = test::semaphore_number(MemoryId::weights, UnitId::load_weights, UnitId::convolution);
  Bench bench({}, 3);
  bench.unit.push(test::waiting_for(convolve(10, 10), weights), 0);
  bench.run(bench.unit, 99);
  bench.semaphores.post(1U << weights, 100);
  bench.run(bench.unit, 600);
  CHECK(bench.ran.at(0).end == 100 + 3 + 64 + 100 + 8);  // visible at 103, the load starts there
}

TEST_CASE("cores share the rows of a tile, and the one with the most rows decides") {
  ConvolutionConfig config;
  config.pane_load_cycles = 1;
  for (const auto& [cores, rows] :
       {std::pair{1, 10}, std::pair{2, 5}, std::pair{3, 4}, std::pair{10, 1}, std::pair{16, 1}}) {
    config.cores = cores;
    Bench bench(config);
    bench.unit.push(convolve(10, 30), 0);
    bench.run(bench.unit, 600);
    CHECK(bench.ran.at(0).end == 2 + rows * 30 + 8);
  }
}

TEST_CASE("kernel columns cost a 3x3 three panes and lanes on pixels nine shorter ones") {
  for (const auto mapping : {LaneMapping::kernel_columns, LaneMapping::pixels}) {
    ConvolutionConfig config;
    config.lane_mapping = mapping;
    config.pane_load_cycles = 1;
    Bench bench(config);
    Instruction made = convolve(10, 30);
    made.convolution.kernel = 3;
    bench.unit.push(made, 0);
    bench.run(bench.unit, 2000);
    const Cycle sweeps = mapping == LaneMapping::kernel_columns ? 3 * 300 : 9 * 100;
    CHECK(bench.ran.at(0).end == 2 + sweeps + 8);
  }
}
