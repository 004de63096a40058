#include "tests/support/random_instruction.h"

#include <limits>

namespace ernsim::test {
namespace {

/// A value of any type; now and then an extreme one.
template <class Integer>
void fill(std::mt19937& random, Integer& value) {
  const auto bits = random();
  if (bits % 8 == 0)
    value = std::numeric_limits<Integer>::max();
  else if (bits % 8 == 1)
    value = std::numeric_limits<Integer>::min();
  else
    value = static_cast<Integer>(random());
}

template <class... Integers>
void fill_all(std::mt19937& random, Integers&... values) {
  (fill(random, values), ...);
}

void fill_transfer(std::mt19937& random, UnitId unit, TransferOperands& o) {
  fill_all(random, o.external_address, o.run_bytes, o.inner_count, o.outer_count, o.inner_stride_bytes,
           o.outer_stride_bytes, o.memory_address, o.memory_stride_words);
  if (unit == UnitId::load_activations) fill(random, o.image);
  if (unit == UnitId::store) fill(random, o.from_results);
}

void fill_convolution(std::mt19937& random, ConvolutionOperands& o) {
  fill_all(random, o.input_address, o.input_row_stride, o.in_rows, o.in_columns, o.row_offset, o.column_offset,
           o.in_blocks, o.out_rows, o.out_columns, o.kernel, o.stride, o.weight_address, o.output_address,
           o.accumulate);
}

void fill_quantization(std::mt19937& random, QuantizationOperands& o) {
  fill_all(random, o.accumulator_address, o.rows, o.columns, o.threshold_entry, o.residual_address, o.result_address,
           o.code_address, o.code_row_stride, o.add_residual, o.emit_codes, o.emit_sums);
}

}  // namespace

Instruction random_instruction(UnitId unit, std::mt19937& random) {
  Instruction i;
  i.unit = unit;
  i.wait_count = static_cast<std::uint8_t>(random() % (max_waits + 1));
  for (std::size_t w = 0; w < i.wait_count; ++w)
    i.waits[w] = {static_cast<std::uint8_t>(random() % semaphore_count),
                  static_cast<std::uint16_t>(1 + random() % max_wait_count)};
  i.posts = random() & ((std::uint32_t{1} << semaphore_count) - 1);
  fill_all(random, i.last, i.at.layer, i.at.block, i.at.row, i.at.column);
  switch (unit) {
    case UnitId::convolution:
      fill_convolution(random, i.convolution);
      break;
    case UnitId::quantization:
      fill_quantization(random, i.quantization);
      break;
    default:
      fill_transfer(random, unit, i.transfer);
      break;
  }
  return i;
}

}  // namespace ernsim::test
