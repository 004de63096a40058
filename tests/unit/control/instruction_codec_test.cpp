#include "models/accelerator/isa/instruction_codec.h"

#include <array>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "models/accelerator/unit/statistics.h"
#include "tests/support/random_instruction.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

using Bytes = std::array<std::uint8_t, instruction_bytes>;

Bytes encoded(const Instruction& i) {
  Bytes bytes{};
  encode(i, bytes.data());
  return bytes;
}

Instruction decoded(const Bytes& bytes, UnitId unit) { return decode(unit, bytes.data()); }

/// Sets one byte and corrects the parity byte for it.
Bytes with_byte(Bytes bytes, std::size_t at, std::uint8_t value) {
  bytes[3] = static_cast<std::uint8_t>(bytes[3] ^ bytes[at] ^ value);
  bytes[at] = value;
  return bytes;
}

Instruction example() {
  Instruction i;
  i.unit = UnitId::convolution;
  i.waits[0] = {7, 1};
  i.wait_count = 1;
  return i;
}

void require_same_transfer(const TransferOperands& a, const TransferOperands& b) {
  REQUIRE(a.external_address == b.external_address);
  REQUIRE(a.run_bytes == b.run_bytes);
  REQUIRE(a.inner_count == b.inner_count);
  REQUIRE(a.outer_count == b.outer_count);
  REQUIRE(a.inner_stride_bytes == b.inner_stride_bytes);
  REQUIRE(a.outer_stride_bytes == b.outer_stride_bytes);
  REQUIRE(a.memory_address == b.memory_address);
  REQUIRE(a.memory_stride_words == b.memory_stride_words);
  REQUIRE(a.image == b.image);
  REQUIRE(a.from_results == b.from_results);
}

void require_same_convolution(const ConvolutionOperands& a, const ConvolutionOperands& b) {
  REQUIRE(a.input_address == b.input_address);
  REQUIRE(a.input_row_stride == b.input_row_stride);
  REQUIRE(a.in_rows == b.in_rows);
  REQUIRE(a.in_columns == b.in_columns);
  REQUIRE(a.row_offset == b.row_offset);
  REQUIRE(a.column_offset == b.column_offset);
  REQUIRE(a.in_blocks == b.in_blocks);
  REQUIRE(a.out_rows == b.out_rows);
  REQUIRE(a.out_columns == b.out_columns);
  REQUIRE(a.kernel == b.kernel);
  REQUIRE(a.stride == b.stride);
  REQUIRE(a.weight_address == b.weight_address);
  REQUIRE(a.output_address == b.output_address);
  REQUIRE(a.accumulate == b.accumulate);
}

void require_same_quantization(const QuantizationOperands& a, const QuantizationOperands& b) {
  REQUIRE(a.accumulator_address == b.accumulator_address);
  REQUIRE(a.rows == b.rows);
  REQUIRE(a.columns == b.columns);
  REQUIRE(a.threshold_entry == b.threshold_entry);
  REQUIRE(a.residual_address == b.residual_address);
  REQUIRE(a.result_address == b.result_address);
  REQUIRE(a.code_address == b.code_address);
  REQUIRE(a.code_row_stride == b.code_row_stride);
  REQUIRE(a.add_residual == b.add_residual);
  REQUIRE(a.emit_codes == b.emit_codes);
  REQUIRE(a.emit_sums == b.emit_sums);
}

void require_same_control(const Instruction& a, const Instruction& b) {
  REQUIRE(a.unit == b.unit);
  REQUIRE(a.last == b.last);
  REQUIRE(a.wait_count == b.wait_count);
  for (std::size_t w = 0; w < max_waits; ++w) {
    REQUIRE(a.waits[w].semaphore == b.waits[w].semaphore);
    REQUIRE(a.waits[w].count == b.waits[w].count);
  }
  REQUIRE(a.posts == b.posts);
  REQUIRE(a.at.layer == b.at.layer);
  REQUIRE(a.at.block == b.at.block);
  REQUIRE(a.at.row == b.at.row);
  REQUIRE(a.at.column == b.at.column);
}

void require_same(const Instruction& a, const Instruction& b) {
  require_same_control(a, b);
  require_same_transfer(a.transfer, b.transfer);
  require_same_convolution(a.convolution, b.convolution);
  require_same_quantization(a.quantization, b.quantization);
}

}  // namespace

TEST_CASE("random instructions of every unit survive encoding and decoding") {
  std::mt19937 random(1);
  for (int n = 0; n < 7000; ++n) {
    const auto unit = static_cast<UnitId>(n % 7);
    const Instruction i = test::random_instruction(unit, random);
    require_same(i, decoded(encoded(i), unit));
  }
}

TEST_CASE("every corruption of a single byte is noticed") {
  const Bytes good = encoded(example());
  for (std::size_t at = 0; at < instruction_bytes; ++at)
    for (unsigned flip = 1; flip < 256; ++flip) {
      Bytes bad = good;
      bad[at] = static_cast<std::uint8_t>(bad[at] ^ flip);
      REQUIRE_THROWS_AS(decoded(bad, UnitId::convolution), std::runtime_error);
    }
}

TEST_CASE("any 64 bytes are decoded or refused with a text") {
  std::mt19937 random(2);
  for (int n = 0; n < 20000; ++n) {
    Bytes bytes = encoded(test::random_instruction(UnitId::store, random));
    for (int change = 0; change < 3; ++change)
      bytes = with_byte(bytes, random() % instruction_bytes, static_cast<std::uint8_t>(random()));
    try {
      const Bytes again = encoded(decoded(bytes, UnitId::store));
      REQUIRE(again == bytes);
    } catch (const std::runtime_error& error) {
      REQUIRE_FALSE(std::string(error.what()).empty());
    }
  }
}

TEST_CASE("a wrong magic byte is refused by name") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 0, 0), UnitId::convolution), Contains("magic"));
}

TEST_CASE("a wrong parity byte is refused by name") {
  Bytes bytes = encoded(example());
  bytes[40] ^= 1;
  REQUIRE_THROWS_WITH(decoded(bytes, UnitId::convolution), Contains("parity"));
}

TEST_CASE("an instruction of another unit is refused by name") {
  REQUIRE_THROWS_WITH(decoded(encoded(example()), UnitId::store), Contains("unit is 4") && Contains("store"));
}

TEST_CASE("a semaphore number out of range is refused by name") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 4, 31 | 1 << 5), UnitId::convolution),
                      Contains("semaphore"));
}

TEST_CASE("a wait for no credits is refused by name") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 4, 7), UnitId::convolution), Contains("count of wait 0"));
}

TEST_CASE("a wait_count beyond the waits is refused by name") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 2, 7), UnitId::convolution), Contains("wait_count"));
}

TEST_CASE("a wait behind wait_count is refused") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 2, 0), UnitId::convolution), Contains("wait 0 is not 0"));
}

TEST_CASE("reserved bits are refused with their word") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 63, 1), UnitId::convolution),
                      Contains("reserved bits of word 15"));
}

TEST_CASE("reserved bits behind the posts are refused with their word") {
  REQUIRE_THROWS_WITH(decoded(with_byte(encoded(example()), 19, 128), UnitId::convolution),
                      Contains("reserved bits of word 4"));
}

TEST_CASE("a wait count that does not fit is not encoded") {
  Instruction i = example();
  i.waits[0].count = 2048;
  Bytes bytes{};
  REQUIRE_THROWS_AS(encode(i, bytes.data()), std::invalid_argument);
}

TEST_CASE("the words are little-endian") {
  Instruction i = example();
  i.unit = UnitId::store;
  i.transfer.external_address = 0x11223344;
  const Bytes bytes = encoded(i);
  REQUIRE(bytes[28] == 0x44);
  REQUIRE(bytes[31] == 0x11);
}

TEST_CASE("units, memories and stall causes have the names of their enumerators") {
  REQUIRE(std::string(name_of(UnitId::load_activations)) == "load_activations");
  REQUIRE(std::string(name_of(UnitId::store)) == "store");
  REQUIRE(std::string(name_of(MemoryId::accumulators)) == "accumulators");
  REQUIRE(std::string(name_of(MemoryId::external)) == "external");
  REQUIRE(std::string(name_of(StallCause::none)) == "none");
  REQUIRE(std::string(name_of(StallCause::output_buffer)) == "output_buffer");
  REQUIRE(std::string(name_of(StallCause::port)) == "port");
}
