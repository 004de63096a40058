#include <catch2/catch.hpp>

#include "tests/support/small_schedule.h"

using namespace ernsim;
using namespace ernsim::compiler;
using namespace ernsim::test;
using Catch::Matchers::Contains;
using U = UnitId;

namespace {

/// The refusal of the small schedule with one operand of a transfer changed.
std::string with_transfer(U unit, std::size_t index, std::uint32_t TransferOperands::*operand, std::uint32_t value) {
  Schedule s = small_schedule();
  instruction(s, unit, index).transfer.*operand = value;
  return refusal(s);
}

template <class Value>
std::string with_convolution(Value ConvolutionOperands::*operand, Value value) {
  Schedule s = small_schedule();
  instruction(s, U::convolution, 0).convolution.*operand = value;
  return refusal(s);
}

template <class Value>
std::string with_quantization(Value QuantizationOperands::*operand, Value value, std::size_t index = 0) {
  Schedule s = small_schedule();
  instruction(s, U::quantization, index).quantization.*operand = value;
  return refusal(s);
}

using T = TransferOperands;
using C = ConvolutionOperands;
using Q = QuantizationOperands;
constexpr std::uint16_t half(int value) { return static_cast<std::uint16_t>(value); }

}  // namespace

TEST_CASE("regions that overlap are refused") {
  Schedule s = small_schedule();
  s.regions[0].bytes = 4097;
  REQUIRE(refusal(s) == "region weights: overlaps region image");
}

TEST_CASE("a region that is not at a page boundary is refused") {
  Schedule s = small_schedule();
  s.regions[1].address = 4100;
  REQUIRE(refusal(s) == "region weights: address is 4100; a multiple of 4096 is expected");
}

TEST_CASE("a region beyond the external memory map is refused") {
  Schedule s = small_schedule();
  s.external_bytes = 22527;
  REQUIRE(refusal(s) == "region head.sums: ends at 22528; the external memory map has 22527 bytes");
}

TEST_CASE("a transfer of no bytes is refused") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::run_bytes, 0), Contains("store #0 (stem): run_bytes is 0"));
}

TEST_CASE("a transfer of no runs is refused") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::inner_count, 0), Contains("inner_count is 0"));
  REQUIRE_THAT(with_transfer(U::store, 0, &T::outer_count, 0), Contains("outer_count is 0"));
}

TEST_CASE("codes come in whole pixels of a block") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::run_bytes, 250),
               Contains("run_bytes is 250; a multiple of 16 is expected for codes"));
}

TEST_CASE("sums come in whole pixels of a block") {
  REQUIRE_THAT(with_transfer(U::load_residuals, 0, &T::run_bytes, 64),
               Contains("a multiple of 128 is expected for sums"));
}

TEST_CASE("thresholds come in whole entries") {
  REQUIRE_THAT(with_transfer(U::load_thresholds, 0, &T::run_bytes, 8),
               Contains("a multiple of 512 is expected for thresholds"));
}

TEST_CASE("images come in whole pixels") {
  REQUIRE_THAT(with_transfer(U::load_activations, 0, &T::run_bytes, 10),
               Contains("a multiple of 3 is expected for image"));
}

TEST_CASE("weights come in whole matrices") {
  REQUIRE_THAT(with_transfer(U::load_weights, 0, &T::run_bytes, 8),
               Contains("a multiple of 512 is expected for weights"));
}

TEST_CASE("a run of weights is at most one pane") {
  REQUIRE_THAT(with_transfer(U::load_weights, 0, &T::run_bytes, 2048),
               Contains("4 matrices; a run is one pane of at most 3"));
}

TEST_CASE("a load beyond its memory is refused") {
  REQUIRE_THAT(
      with_transfer(U::load_weights, 1, &T::memory_address, 961),
      Contains("load_weights #1 (head): memory_address 961 needs weights words 961 to 1024; the memory has 1024"));
}

TEST_CASE("an embedded image fills one word per pixel and block") {
  Schedule s = small_schedule();
  s.thermometer = 22;  // 66 channels: 2 blocks
  REQUIRE_THAT(refusal(s), Contains("memory_stride_words is 4; runs of 8 words overlap"));
}

TEST_CASE("a store beyond its memory is refused") {
  REQUIRE_THAT(with_transfer(U::store, 1, &T::memory_address, 1009), Contains("needs results words 1009 to 1024"));
}

TEST_CASE("runs that overlap on chip are refused") {
  REQUIRE_THAT(with_transfer(U::load_activations, 0, &T::memory_stride_words, 3), Contains("runs of 4 words overlap"));
}

TEST_CASE("absurdly many runs are refused at once") {
  Schedule s = small_schedule();
  auto& o = instruction(s, U::load_activations, 0).transfer;
  o.inner_count = o.outer_count = o.memory_stride_words = 0xFFFFFFFF;
  REQUIRE_THAT(refusal(s), Contains("18446744065119617025 runs; activations has 4096 words"));
}

TEST_CASE("a transfer outside all regions is refused") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::external_address, 4000),
               Contains("external_address 4000 is in no region"));
}

TEST_CASE("a transfer that runs out of its region is refused") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::external_address, 12304),
               Contains("external bytes 12304 to 12559 run out of region stem.codes, which ends at 12544"));
}

TEST_CASE("strides count towards the end of a transfer") {
  REQUIRE_THAT(with_transfer(U::load_activations, 0, &T::inner_stride_bytes, 13),
               Contains("external bytes 0 to 50 run out"));
}

TEST_CASE("an image is loaded from the image region only") {
  REQUIRE_THAT(with_transfer(U::load_activations, 0, &T::external_address, 12288),
               Contains("is in region stem.codes of codes; image is expected"));
}

TEST_CASE("codes are not loaded from sums") {
  REQUIRE_THAT(with_transfer(U::load_activations, 1, &T::external_address, 16384),
               Contains("of sums; codes is expected"));
}

TEST_CASE("weights are not loaded from thresholds") {
  REQUIRE_THAT(with_transfer(U::load_weights, 0, &T::external_address, 8192),
               Contains("of thresholds; weights is expected"));
}

TEST_CASE("thresholds are not loaded from weights") {
  REQUIRE_THAT(with_transfer(U::load_thresholds, 0, &T::external_address, 4096),
               Contains("of weights; thresholds is expected"));
}

TEST_CASE("residuals are not loaded from codes") {
  REQUIRE_THAT(with_transfer(U::load_residuals, 0, &T::external_address, 12288),
               Contains("of codes; sums is expected"));
}

TEST_CASE("nothing is stored over the weights") {
  REQUIRE_THAT(with_transfer(U::store, 0, &T::external_address, 4096), Contains("of weights; codes is expected"));
}

TEST_CASE("sums are not stored as codes") {
  REQUIRE_THAT(with_transfer(U::store, 1, &T::external_address, 12288), Contains("of codes; sums is expected"));
}

TEST_CASE("flags of other units are refused") {
  Schedule s = small_schedule();
  instruction(s, U::load_weights, 0).transfer.image = true;
  REQUIRE_THAT(refusal(s), Contains("image is set; only load_activations has it"));
  s = small_schedule();
  instruction(s, U::load_weights, 0).transfer.from_results = true;
  REQUIRE_THAT(refusal(s), Contains("from_results is set; only store has it"));
}

TEST_CASE("a convolution with an empty dimension is refused") {
  REQUIRE_THAT(with_convolution(&C::in_rows, half(0)), Contains("convolution #0 (stem): in_rows is 0"));
  REQUIRE_THAT(with_convolution(&C::in_columns, half(0)), Contains("in_columns is 0"));
  REQUIRE_THAT(with_convolution(&C::in_blocks, half(0)), Contains("in_blocks is 0"));
  REQUIRE_THAT(with_convolution(&C::out_rows, half(0)), Contains("out_rows is 0"));
  REQUIRE_THAT(with_convolution(&C::out_columns, half(0)), Contains("out_columns is 0"));
  REQUIRE_THAT(with_convolution(&C::kernel, std::uint8_t{0}), Contains("kernel is 0"));
  REQUIRE_THAT(with_convolution(&C::stride, std::uint8_t{0}), Contains("stride is 0"));
}

TEST_CASE("a convolution input beyond A is refused") {
  REQUIRE_THAT(with_convolution(&C::input_address, half(4081)),
               Contains("input_address 4081 needs activations words 4081 to 4096; the memory has 4096"));
}

TEST_CASE("the row stride counts towards the end of the input") {
  REQUIRE_THAT(with_convolution(&C::input_row_stride, half(1400)), Contains("needs activations words 0 to 4203"));
}

TEST_CASE("a convolution needs a pane per kernel row and group of lanes and input block") {
  Schedule s = small_schedule();
  auto& o = instruction(s, U::convolution, 0).convolution;
  o.kernel = 3;
  o.in_blocks = 6;
  REQUIRE_THAT(refusal(s), Contains("weight_address 0 needs weights words 0 to 1151; the memory has 1024"));
}

TEST_CASE("lanes that do not divide the kernel leave room in the last pane of a row") {
  PlatformConfig platform;
  platform.accelerator.convolution.lanes = 2;
  Schedule s = small_schedule();
  s.lanes = 2;
  auto& o = instruction(s, U::convolution, 0).convolution;
  o.kernel = 3;
  o.in_blocks = 3;
  REQUIRE_THAT(refusal(s, platform), Contains("weight_address 0 needs weights words 0 to 1151"));
}

TEST_CASE("lanes on pixels need a pane per kernel position") {
  PlatformConfig platform;
  platform.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  Schedule s = small_schedule();
  s.lane_mapping = "pixels";
  auto& o = instruction(s, U::convolution, 0).convolution;
  o.kernel = 3;
  o.in_blocks = 2;
  REQUIRE_THAT(refusal(s, platform), Contains("weight_address 0 needs weights words 0 to 1151"));
}

TEST_CASE("a convolution output beyond F is refused") {
  REQUIRE_THAT(with_convolution(&C::output_address, half(2033)),
               Contains("output_address 2033 needs accumulators words"));
}

TEST_CASE("a quantization with an empty dimension is refused") {
  REQUIRE_THAT(with_quantization(&Q::rows, half(0)), Contains("quantization #0 (stem): rows is 0"));
  REQUIRE_THAT(with_quantization(&Q::columns, half(0)), Contains("columns is 0"));
}

TEST_CASE("a quantization beyond one of its memories is refused") {
  REQUIRE_THAT(with_quantization(&Q::accumulator_address, half(2033)), Contains("accumulator_address 2033 needs"));
  REQUIRE_THAT(with_quantization(&Q::residual_address, half(1009), 1),
               Contains("residual_address 1009 needs residuals"));
  REQUIRE_THAT(with_quantization(&Q::result_address, half(1009)), Contains("result_address 1009 needs results"));
  REQUIRE_THAT(with_quantization(&Q::threshold_entry, half(32)), Contains("threshold_entry 32 needs thresholds"));
  REQUIRE_THAT(with_quantization(&Q::code_address, half(4081)), Contains("code_address 4081 needs activations"));
}

TEST_CASE("rows of codes that overlap are refused") {
  REQUIRE_THAT(with_quantization(&Q::code_row_stride, half(3)), Contains("rows of codes overlap"));
}

TEST_CASE("a quantization that emits nothing is refused") {
  REQUIRE_THAT(with_quantization(&Q::emit_sums, false, 1), Contains("emits neither codes nor sums"));
}
