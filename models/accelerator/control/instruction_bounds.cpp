#include "models/accelerator/control/instruction_bounds.h"

#include "models/accelerator/convolution/array_geometry.h"
#include "models/accelerator/isa/word_formats.h"

namespace ernsim {

namespace {

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

/// Every semaphore that an instruction waits for is its unit's to wait for, and every one it posts its unit's to post.
bool own_semaphores(const Instruction& i) {
  for (std::size_t w = 0; w < i.wait_count; ++w)
    if (semaphores[i.waits[w].semaphore].to != i.unit) return false;
  for (std::size_t s = 0; s < semaphore_count; ++s)
    if ((i.posts >> s & 1U) != 0 && semaphores[s].from != i.unit) return false;
  return true;
}

}  // namespace

InstructionBounds::InstructionBounds(const AcceleratorConfig& config)
    : memory_(config.memory), array_(config.convolution) {}

void InstructionBounds::embed(std::size_t codes_per_colour) {
  blocks_per_pixel_ = divide_up(3 * codes_per_colour, static_cast<std::uint64_t>(array_.block_channels));
}

std::uint64_t InstructionBounds::words_of(MemoryId memory) const {
  switch (memory) {
    case MemoryId::activations:
      return static_cast<std::uint64_t>(memory_.activations_words);
    case MemoryId::weights:
      return static_cast<std::uint64_t>(memory_.weights_words);
    case MemoryId::thresholds:
      return static_cast<std::uint64_t>(memory_.thresholds_entries);
    case MemoryId::accumulators:
      return static_cast<std::uint64_t>(memory_.accumulators_words);
    case MemoryId::residuals:
      return static_cast<std::uint64_t>(memory_.residuals_words);
    default:
      return static_cast<std::uint64_t>(memory_.results_words);
  }
}

FaultCode InstructionBounds::check(const Instruction& instruction) const {
  if (!own_semaphores(instruction)) return FaultCode::instruction_field;
  switch (instruction.unit) {
    case UnitId::convolution:
      return check_convolution(instruction.convolution);
    case UnitId::quantization:
      return check_quantization(instruction.quantization);
    default:
      return check_transfer(instruction.unit, instruction.transfer);
  }
}

std::uint64_t InstructionBounds::words_per_run(UnitId unit, const TransferOperands& o) const {
  if (o.image) return o.run_bytes / 3 * blocks_per_pixel_;
  const std::uint64_t word_bytes = WordBytes(array_).of(memory_of_transfer(unit, o));
  return divide_up(std::uint64_t{o.run_bytes} * 16 / o.sum_bits, word_bytes);
}

FaultCode InstructionBounds::check_transfer(UnitId unit, const TransferOperands& o) const {
  const bool sized = o.run_bytes != 0 && o.inner_count != 0 && o.outer_count != 0;
  const bool whole_pixels = !o.image || (o.run_bytes % 3 == 0 && blocks_per_pixel_ != 0);
  const bool packed = o.sum_bits != 16;
  const bool sums = unit == UnitId::load_residuals || o.from_results;
  if (!sized || !whole_pixels || o.sum_bits < 8 || o.sum_bits > 16 || (packed && !sums))
    return FaultCode::instruction_field;
  const MemoryId memory = memory_of_transfer(unit, o);
  const std::uint64_t packed_word = WordBytes(array_).of(memory) * o.sum_bits / 16;
  if (packed && o.run_bytes % packed_word != 0) return FaultCode::instruction_field;
  const std::uint64_t words = words_per_run(unit, o), runs = std::uint64_t{o.inner_count} * o.outer_count;
  if (runs > words_of(memory)) return FaultCode::on_chip_address;
  if (runs > 1 && o.memory_stride_words < words) return FaultCode::instruction_field;
  return inside(memory, o.memory_address, (runs - 1) * o.memory_stride_words + words) ? FaultCode::none
                                                                                      : FaultCode::on_chip_address;
}

FaultCode InstructionBounds::check_convolution(const ConvolutionOperands& o) const {
  for (const std::uint64_t size :
       {std::uint64_t{o.in_rows}, std::uint64_t{o.in_columns}, std::uint64_t{o.in_blocks}, std::uint64_t{o.out_rows},
        std::uint64_t{o.out_columns}, std::uint64_t{o.kernel}, std::uint64_t{o.stride}})
    if (size == 0) return FaultCode::instruction_field;
  const std::uint64_t panes =
      std::uint64_t{o.in_blocks} * static_cast<std::uint64_t>(geometry_of(array_).panes_per_pass(o.kernel));
  const std::uint64_t input =
      (o.in_rows - std::uint64_t{1}) * o.input_row_stride + std::uint64_t{o.in_blocks} * o.in_columns;
  const bool good =
      inside(MemoryId::activations, o.input_address, input) &&
      inside(MemoryId::weights, o.weight_address, panes * static_cast<std::uint64_t>(array_.block_channels)) &&
      inside(MemoryId::accumulators, o.output_address, std::uint64_t{o.out_rows} * o.out_columns);
  return good ? FaultCode::none : FaultCode::on_chip_address;
}

FaultCode InstructionBounds::check_quantization(const QuantizationOperands& o) const {
  if (o.rows == 0 || o.columns == 0) return FaultCode::instruction_field;
  const std::uint64_t pixels = std::uint64_t{o.rows} * o.columns;
  const std::uint64_t codes = (o.rows - std::uint64_t{1}) * o.code_row_stride + o.columns;
  const bool good = inside(MemoryId::accumulators, o.accumulator_address, pixels) &&
                    (!o.add_residual || inside(MemoryId::residuals, o.residual_address, pixels)) &&
                    (!o.emit_sums || inside(MemoryId::results, o.result_address, pixels)) &&
                    (!o.emit_codes || (inside(MemoryId::thresholds, o.threshold_entry, 1) &&
                                       inside(MemoryId::activations, o.code_address, codes)));
  return good ? FaultCode::none : FaultCode::on_chip_address;
}

MemoryId memory_of_transfer(UnitId unit, const TransferOperands& operands) {
  switch (unit) {
    case UnitId::load_weights:
      return MemoryId::weights;
    case UnitId::load_thresholds:
      return MemoryId::thresholds;
    case UnitId::load_residuals:
      return MemoryId::residuals;
    case UnitId::store:
      return operands.from_results ? MemoryId::results : MemoryId::activations;
    default:
      return MemoryId::activations;
  }
}

}  // namespace ernsim
