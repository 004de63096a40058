#include "simulation/tensor_dump.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace ernsim;

namespace {

constexpr int block = 8;

/// One layer of ten channels in blocks of eight, 2 x 3 pixels, with codes and sums.
compiler::Schedule two_block_layer() {
  compiler::Schedule schedule;
  schedule.block_channels = block;
  schedule.thermometer = 3;
  compiler::Layer layer;
  layer.name = "conv1";
  layer.codes = "act1";
  layer.sums = "add1";
  layer.out_channels = 10;
  layer.out_height = 2;
  layer.out_width = 3;
  schedule.layers.push_back(layer);
  return schedule;
}

Instruction tile(int channel_block, int row, int column, int rows, int columns) {
  Instruction instruction;
  instruction.unit = UnitId::quantization;
  instruction.at = {0, static_cast<std::uint16_t>(channel_block), static_cast<std::uint16_t>(row),
                    static_cast<std::uint16_t>(column)};
  instruction.quantization.rows = static_cast<std::uint16_t>(rows);
  instruction.quantization.columns = static_cast<std::uint16_t>(columns);
  return instruction;
}

compiler::Region region(const char* name, compiler::RegionKind kind, std::uint32_t address, std::uint32_t bytes) {
  return {name, kind, address, bytes, 10, 2, 3};
}

}  // namespace

TEST_CASE("a tensor that is not stored is put together from tiles") {
  const auto schedule = two_block_layer();
  TensorDump dump(schedule, 1, 1, false);
  std::vector<std::uint8_t> values(2 * 2 * block);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint8_t>(i);
  dump.codes(tile(0, 0, 1, 2, 2), values.data());
  auto tensor = dump.code_tensors().at("act1");
  CHECK(tensor.values.size() == 60);
  CHECK(tensor.at(0, 0, 0) == 0);
  CHECK(tensor.at(5, 0, 1) == 5);
  CHECK(tensor.at(5, 0, 2) == 13);
  CHECK(tensor.at(7, 1, 2) == 31);
}

TEST_CASE("channels beyond the last one are left out") {
  const auto schedule = two_block_layer();
  TensorDump dump(schedule, 1, 1, true);
  const std::vector<std::int16_t> values{-1, 2, 3, 4, 5, 6, 7, 8};
  dump.sums(tile(1, 1, 2, 1, 1), values.data());
  dump.accumulators(tile(1, 0, 0, 1, 1), values.data());
  auto sums = dump.sum_tensors().at("add1");
  CHECK(sums.at(8, 1, 2) == -1);
  CHECK(sums.at(9, 1, 2) == 2);
  CHECK(sums.values.size() == 60);
  CHECK(dump.accumulator_tensors().count("conv1") == 1);
}

TEST_CASE("a tile outside its tensor is noticed") {
  const auto schedule = two_block_layer();
  TensorDump dump(schedule, 1, 1, false);
  const std::vector<std::uint8_t> values(6 * block);
  CHECK_THROWS_AS(dump.codes(tile(0, 1, 0, 2, 3), values.data()), std::logic_error);
  CHECK_THROWS_AS(dump.codes(tile(2, 0, 0, 2, 3), values.data()), std::logic_error);
}

TEST_CASE("embedded pixels are read from words, block by block") {
  const auto schedule = two_block_layer();
  TensorDump dump(schedule, 2, 4, false);
  std::vector<std::uint8_t> words(2 * 2 * 2);  // two blocks of two pixels, two bytes each
  words[0] = 0x01;                             // block 0, first pixel: channel 0 has bit 0
  words[3] = 0x80;                             // block 0, second pixel: channel 7 has bit 1
  words[6] = 0x01;                             // block 1, second pixel: channel 8 has both bits
  words[7] = 0x01;
  dump.embedded(1, 2, 2, 2, words.data());
  auto tensor = dump.code_tensors().at("pixel_embedding");
  CHECK(tensor.values.size() == 9 * 2 * 4);
  CHECK(tensor.at(0, 1, 2) == 1);
  CHECK(tensor.at(7, 1, 3) == 2);
  CHECK(tensor.at(8, 1, 3) == 3);
  CHECK(tensor.at(8, 1, 2) == 0);
  CHECK(dump.pixels_not_embedded() == 2 * 4 - 2);
}

TEST_CASE("stored tensors are read from external memory and not from the units") {
  auto schedule = two_block_layer();
  schedule.regions = {region("act1", compiler::RegionKind::codes, 16, 24),
                      region("add1", compiler::RegionKind::sums, 64, 192)};
  TensorDump dump(schedule, 1, 1, false);
  CHECK(dump.code_tensors().count("act1") == 0);
  std::vector<std::uint8_t> memory(256);
  memory[16 + ((1 * 2 + 1) * 3 + 2) * 2 + 1] = 0x02;            // row 1, block 1, column 2: channel 9 has bit 1
  memory[64 + (((0 * 2 + 1) * 3 + 0) * block + 1) * 2] = 0xfe;  // row 0, block 1, column 0: channel 9
  memory[64 + (((0 * 2 + 1) * 3 + 0) * block + 1) * 2 + 1] = 0xff;
  dump.read_back(memory);
  auto codes = dump.code_tensors().at("act1");
  auto sums = dump.sum_tensors().at("add1");
  CHECK(codes.at(9, 1, 2) == 2);
  CHECK(std::count(codes.values.begin(), codes.values.end(), 0) == 59);
  CHECK(sums.at(9, 0, 0) == -2);
  CHECK(std::count(sums.values.begin(), sums.values.end(), 0) == 59);
}

TEST_CASE("a region outside external memory is noticed") {
  auto schedule = two_block_layer();
  schedule.regions = {region("act1", compiler::RegionKind::codes, 240, 24)};
  TensorDump dump(schedule, 1, 1, false);
  CHECK_THROWS_AS(dump.read_back(std::vector<std::uint8_t>(256)), std::logic_error);
}
