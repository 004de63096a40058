#include "simulation/array_account.h"

#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "models/accelerator/convolution/array_slots.h"

using namespace ernsim;

namespace {

constexpr std::int64_t block = 8, lane = block * block;

ConvolutionOperands tile(int kernel, int rows, int columns, int in_blocks = 1) {
  ConvolutionOperands operands;
  operands.kernel = static_cast<std::uint8_t>(kernel);
  operands.out_rows = static_cast<std::uint16_t>(rows);
  operands.out_columns = static_cast<std::uint16_t>(columns);
  operands.in_blocks = static_cast<std::uint16_t>(in_blocks);
  return operands;
}

/// In multiplier-cycles of one lane.
void check(const ConvolutionOperands& operands, const ArrayGeometry& geometry, std::int64_t multiply,
           std::int64_t lanes, std::int64_t core_rows) {
  const StepSlots slots = step_slots(operands, geometry, block);
  CHECK(slots.multiply == multiply * lane);
  CHECK(slots.lanes == lanes * lane);
  CHECK(slots.core_rows == core_rows * lane);
}

/// A layer of one 1x1 convolution of 8x8 pixels, three of eight input channels, all of its outputs.
compiler::Schedule one_layer() {
  compiler::Schedule schedule;
  schedule.layers.resize(1);
  schedule.layers[0].macs = 64 * 3 * block;
  Instruction instruction;
  instruction.unit = UnitId::convolution;
  instruction.convolution = tile(1, 8, 8);
  schedule.streams[UnitId::convolution] = {instruction};
  return schedule;
}

}  // namespace

TEST_CASE("a 1x1 kernel leaves all lanes but one without a kernel column") {
  check(tile(1, 4, 5), {3, LaneMapping::kernel_columns, 1}, 20, 40, 0);
}

TEST_CASE("lanes on kernel columns idle where the kernel's columns are no multiple of them, or fewer") {
  check(tile(3, 4, 5), {3, LaneMapping::kernel_columns, 1}, 180, 0, 0);
  check(tile(3, 4, 5), {2, LaneMapping::kernel_columns, 1}, 180, 60, 0);
  check(tile(3, 4, 5, 2), {5, LaneMapping::kernel_columns, 1}, 360, 240, 0);
}

TEST_CASE("lanes on pixels idle where the tile's columns are no multiple of them") {
  check(tile(1, 4, 8), {4, LaneMapping::pixels, 1}, 32, 0, 0);
  check(tile(1, 4, 6), {4, LaneMapping::pixels, 1}, 24, 8, 0);
  check(tile(3, 4, 6), {4, LaneMapping::pixels, 1}, 216, 72, 0);
}

TEST_CASE("cores idle where the tile's rows are no multiple of them") {
  check(tile(1, 7, 5), {1, LaneMapping::kernel_columns, 3}, 35, 0, 10);
  check(tile(1, 2, 5), {2, LaneMapping::kernel_columns, 16}, 10, 10, 140);
}

TEST_CASE("the slots of an instruction are its steps times all multipliers, whatever the geometry") {
  std::mt19937 random(1);
  const auto draw = [&random](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)) + 1; };
  for (int i = 0; i < 2000; ++i) {
    ConvolutionConfig array;
    array.block_channels = block;
    array.lanes = draw(8);
    array.cores = draw(16);
    array.lane_mapping = draw(2) == 1 ? LaneMapping::pixels : LaneMapping::kernel_columns;
    const ArrayGeometry geometry = geometry_of(array);
    const auto operands = tile(2 * draw(2) - 1, draw(20), draw(20), draw(4));
    const StepSlots slots = step_slots(operands, geometry, block);
    CHECK((slots.multiply > 0 && slots.lanes >= 0 && slots.core_rows >= 0));
    CHECK(slots.multiply + slots.lanes + slots.core_rows ==
          std::int64_t{geometry.steps(operands)} * geometry.panes(operands) * multipliers_of(array));
  }
}

TEST_CASE("a layer's slots are its cycles times all multipliers: the network's, padding, lanes, waits and the rest") {
  ConvolutionConfig array;
  array.block_channels = block;
  RunResult result;
  result.layers.resize(1);
  LayerResult& layer = result.layers[0];
  layer.cycles = 100;
  layer.array_busy_cycles = 66;  // two to issue
  layer.convolution_stalled_cycles[StallCause::weights] = 20;
  layer.convolution_stalled_cycles[StallCause::output_buffer] = 5;
  layer.convolution_stalled_cycles[StallCause::accumulators] = 1;
  const auto slots = array_slots(one_layer(), array, result).at(0);
  CHECK(slots[SlotUse::compute] == 64 * 3 * block);
  CHECK(slots[SlotUse::channel_padding] == 64 * 5 * block);
  CHECK(slots[SlotUse::lanes] == 64 * 2 * lane);
  CHECK(slots[SlotUse::core_rows] == 0);
  CHECK(slots[SlotUse::weights] == 20 * 3 * lane);
  CHECK(slots[SlotUse::residuals] == 5 * 3 * lane);
  CHECK(slots[SlotUse::activations] == 0);
  CHECK(slots[SlotUse::latency] == (2 + 1 + 8) * 3 * lane);
  CHECK(std::accumulate(slots.begin(), slots.end(), std::int64_t{0}) == 100 * multipliers_of(array));
  CHECK(bound_by(slots) == "lanes");
  CHECK(utilization(64 * 3 * block, 100, array) == Approx(64 * 3 * 8 / (100.0 * 3 * 64)));
}

TEST_CASE("a layer is bound by compute if nine slots of ten compute, and otherwise by what most others went to") {
  ArraySlots slots{};
  CHECK(bound_by(slots) != "compute");
  slots[SlotUse::compute] = 90;
  slots[SlotUse::core_rows] = 10;
  CHECK(bound_by(slots) == "compute");
  slots[SlotUse::core_rows] = 11;
  CHECK(bound_by(slots) == "core rows");
  slots[SlotUse::channel_padding] = 12;
  CHECK(bound_by(slots) == "channel padding");
  slots[SlotUse::weights] = 13;
  CHECK(bound_by(slots) == "weights");
}
