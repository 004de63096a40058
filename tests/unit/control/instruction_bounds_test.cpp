#include "models/accelerator/control/instruction_bounds.h"

#include <catch2/catch.hpp>

using namespace ernsim;

namespace {

/// The default accelerator; A has 4096 words, F 2048, W 1024, Q 32, R and S 1024.
InstructionBounds bounds() {
  InstructionBounds made{AcceleratorConfig{}};
  made.embed(21);
  return made;
}

Instruction load(UnitId unit, std::uint32_t run_bytes, std::uint32_t runs, std::uint32_t address,
                 std::uint32_t stride) {
  Instruction i;
  i.unit = unit;
  i.transfer.run_bytes = run_bytes;
  i.transfer.outer_count = runs;
  i.transfer.memory_address = address;
  i.transfer.memory_stride_words = stride;
  return i;
}

Instruction convolution() {
  Instruction i;
  i.unit = UnitId::convolution;
  ConvolutionOperands& o = i.convolution;
  o.in_rows = o.in_columns = 4;
  o.input_row_stride = 4;
  o.out_rows = o.out_columns = 2;
  o.kernel = 3;
  return i;
}

Instruction quantization() {
  Instruction i;
  i.unit = UnitId::quantization;
  i.quantization.rows = i.quantization.columns = 2;
  i.quantization.code_row_stride = 2;
  i.quantization.emit_codes = i.quantization.emit_sums = i.quantization.add_residual = true;
  return i;
}

}  // namespace

TEST_CASE("a load may fill a memory to its last word and not one beyond") {
  CHECK(bounds().check(load(UnitId::load_activations, 16 * 4096, 1, 0, 0)) == FaultCode::none);
  CHECK(bounds().check(load(UnitId::load_activations, 16 * 4096 + 1, 1, 0, 0)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_activations, 16, 1, 4095, 0)) == FaultCode::none);
  CHECK(bounds().check(load(UnitId::load_activations, 16, 1, 4096, 0)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_thresholds, 512 * 32, 1, 0, 0)) == FaultCode::none);
  CHECK(bounds().check(load(UnitId::load_thresholds, 512 * 33, 1, 0, 0)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_weights, 24 * 64, 16, 0, 64)) == FaultCode::none);
  CHECK(bounds().check(load(UnitId::load_weights, 24 * 64, 17, 0, 64)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_residuals, 128, 1, 1024, 0)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::store, 16, 1, 4096, 0)) == FaultCode::on_chip_address);
}

TEST_CASE("addresses near the end of 32 bits are outside, not inside again") {
  CHECK(bounds().check(load(UnitId::load_activations, 16, 1, 0xFFFFFFFF, 0)) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_activations, 0xFFFFFFFF, 1, 0, 0)) == FaultCode::on_chip_address);
  auto many = load(UnitId::load_activations, 16, 0x10000, 0, 1);
  many.transfer.inner_count = 0x10000;  // as many runs as 32 bits can hold, and one
  CHECK(bounds().check(many) == FaultCode::on_chip_address);
  CHECK(bounds().check(load(UnitId::load_activations, 16, 2, 0, 0xFFFFFFFF)) == FaultCode::on_chip_address);
}

TEST_CASE("a transfer has at least one byte and one run, and its runs do not overlap") {
  CHECK(bounds().check(load(UnitId::load_activations, 0, 1, 0, 0)) == FaultCode::instruction_field);
  CHECK(bounds().check(load(UnitId::load_activations, 16, 0, 0, 1)) == FaultCode::instruction_field);
  CHECK(bounds().check(load(UnitId::load_activations, 32, 2, 0, 2)) == FaultCode::none);
  CHECK(bounds().check(load(UnitId::load_activations, 32, 2, 0, 1)) == FaultCode::instruction_field);
}

TEST_CASE("sums are packed in 8 to 16 bits, and nothing else is") {
  auto sums = load(UnitId::load_residuals, 64, 1, 0, 0);
  for (const int bits : {0, 7, 17, 31}) {
    sums.transfer.sum_bits = static_cast<std::uint8_t>(bits);
    CHECK(bounds().check(sums) == FaultCode::instruction_field);
  }
  sums.transfer.sum_bits = 8;
  CHECK(bounds().check(sums) == FaultCode::none);
  auto codes = load(UnitId::store, 64, 1, 0, 0);
  codes.transfer.sum_bits = 8;
  CHECK(bounds().check(codes) == FaultCode::instruction_field);
}

TEST_CASE("an image is whole pixels, of as many words as the embedding makes") {
  auto image = load(UnitId::load_activations, 3 * 4096, 1, 0, 0);
  image.transfer.image = true;
  CHECK(bounds().check(image) == FaultCode::none);
  image.transfer.run_bytes += 3;
  CHECK(bounds().check(image) == FaultCode::on_chip_address);
  image.transfer.run_bytes = 4;
  CHECK(bounds().check(image) == FaultCode::instruction_field);
  image.transfer.run_bytes = 3 * 2049;
  InstructionBounds two_blocks{AcceleratorConfig{}};
  two_blocks.embed(22);  // 66 channels
  CHECK(two_blocks.check(image) == FaultCode::on_chip_address);
}

TEST_CASE("a convolution keeps to A, W and F") {
  CHECK(bounds().check(convolution()) == FaultCode::none);
  auto at = [](auto change) {
    Instruction i = convolution();
    change(i.convolution);
    return bounds().check(i);
  };
  CHECK(at([](auto& o) { o.input_address = 4096 - 16; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.input_address = 4096 - 15; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.weight_address = 1024 - 3 * 64; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.weight_address = 1024 - 3 * 64 + 1; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.output_address = 2048 - 4; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.output_address = 2048 - 3; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.kernel = 0; }) == FaultCode::instruction_field);
  CHECK(at([](auto& o) { o.stride = 0; }) == FaultCode::instruction_field);
  CHECK(at([](auto& o) { o.in_blocks = 0; }) == FaultCode::instruction_field);
  CHECK(at([](auto& o) { o.out_rows = 0; }) == FaultCode::instruction_field);
  CHECK(at([](auto& o) { o.out_rows = o.out_columns = 0xFFFF; }) == FaultCode::on_chip_address);
}

TEST_CASE("a quantization keeps to F, R, Q, A and S, as far as it uses them") {
  CHECK(bounds().check(quantization()) == FaultCode::none);
  auto at = [](auto change) {
    Instruction i = quantization();
    change(i.quantization);
    return bounds().check(i);
  };
  CHECK(at([](auto& o) { o.accumulator_address = 2045; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.residual_address = 1021; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.residual_address = 1021, o.add_residual = false; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.result_address = 1021; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.result_address = 1021, o.emit_sums = false; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.threshold_entry = 32; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.code_address = 4093; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.code_row_stride = 4095; }) == FaultCode::on_chip_address);
  CHECK(at([](auto& o) { o.threshold_entry = 32, o.code_address = 4093, o.emit_codes = false; }) == FaultCode::none);
  CHECK(at([](auto& o) { o.rows = 0; }) == FaultCode::instruction_field);
}

TEST_CASE("a unit waits for its own semaphores and posts its own") {
  Instruction i = convolution();
  i.wait_count = 1;
  i.waits[0] = {0, 1};  // A is filled, for the convolution
  CHECK(bounds().check(i) == FaultCode::none);
  i.waits[0] = {1, 1};  // A is free, for the load
  CHECK(bounds().check(i) == FaultCode::instruction_field);
  i.wait_count = 0;
  i.posts = 1U << 1;
  CHECK(bounds().check(i) == FaultCode::none);
  i.posts = 1U << 0;
  CHECK(bounds().check(i) == FaultCode::instruction_field);
}
