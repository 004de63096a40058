#include "compiler/schedule_check_access.h"

#include "models/accelerator/control/instruction_bounds.h"

namespace ernsim::compiler {
namespace {

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) { return (a + b - 1) / b; }

/// Appends; a range that continues the one before it is joined to it.
void add(std::vector<Access>& out, MemoryId memory, bool writes, std::uint64_t begin, std::uint64_t length) {
  if (!out.empty()) {
    Access& before = out.back();
    if (before.memory == memory && before.writes == writes && before.end == begin) {
      before.end += length;
      return;
    }
  }
  out.push_back({memory, writes, begin, begin + length});
}

void add_external(const TransferOperands& o, bool writes, std::vector<Access>& out) {
  for (std::uint64_t i = 0; i < o.outer_count; ++i)
    for (std::uint64_t j = 0; j < o.inner_count; ++j)
      add(out, MemoryId::external, writes, o.external_address + i * o.outer_stride_bytes + j * o.inner_stride_bytes,
          o.run_bytes);
}

void add_on_chip(const Schedule& schedule, const Instruction& instruction, bool writes, std::vector<Access>& out) {
  const auto& o = instruction.transfer;
  const std::uint64_t words = words_per_run(schedule, instruction);
  const std::uint64_t runs = std::uint64_t{o.inner_count} * o.outer_count;
  for (std::uint64_t run = 0; run < runs; ++run)
    add(out, memory_of_transfer(instruction.unit, instruction.transfer), writes,
        o.memory_address + run * o.memory_stride_words, words);
}

void list_transfer(const Schedule& schedule, const Instruction& instruction, std::vector<Access>& out) {
  if (instruction.unit == UnitId::store) {
    add_on_chip(schedule, instruction, false, out);
    add_external(instruction.transfer, true, out);
  } else {
    add_external(instruction.transfer, false, out);
    add_on_chip(schedule, instruction, true, out);
  }
}

void list_convolution(const Schedule& schedule, const ConvolutionOperands& o, std::vector<Access>& out) {
  const std::uint64_t row_words = std::uint64_t{o.in_blocks} * o.in_columns;
  for (std::uint64_t row = 0; row < o.in_rows; ++row)
    add(out, MemoryId::activations, false, o.input_address + row * o.input_row_stride, row_words);
  add(out, MemoryId::weights, false, o.weight_address, weight_words(schedule, o));
  const std::uint64_t pixels = std::uint64_t{o.out_rows} * o.out_columns;
  if (o.accumulate) add(out, MemoryId::accumulators, false, o.output_address, pixels);
  add(out, MemoryId::accumulators, true, o.output_address, pixels);
}

void list_quantization(const QuantizationOperands& o, std::vector<Access>& out) {
  const std::uint64_t pixels = std::uint64_t{o.rows} * o.columns;
  add(out, MemoryId::accumulators, false, o.accumulator_address, pixels);
  if (o.add_residual) add(out, MemoryId::residuals, false, o.residual_address, pixels);
  if (o.emit_codes) add(out, MemoryId::thresholds, false, o.threshold_entry, 1);
  if (o.emit_sums) add(out, MemoryId::results, true, o.result_address, pixels);
  if (!o.emit_codes) return;
  for (std::uint64_t row = 0; row < o.rows; ++row)
    add(out, MemoryId::activations, true, o.code_address + row * o.code_row_stride, o.columns);
}

}  // namespace

RegionKind region_kind_of(const Instruction& transfer) {
  switch (transfer.unit) {
    case UnitId::load_weights:
      return RegionKind::weights;
    case UnitId::load_thresholds:
      return RegionKind::thresholds;
    case UnitId::load_residuals:
      return RegionKind::sums;
    case UnitId::store:
      return transfer.transfer.from_results ? RegionKind::sums : RegionKind::codes;
    default:
      return transfer.transfer.image ? RegionKind::image : RegionKind::codes;
  }
}

std::uint64_t granule_bytes(const Schedule& schedule, const Instruction& transfer) {
  const auto block = static_cast<std::uint64_t>(schedule.block_channels);
  switch (region_kind_of(transfer)) {
    case RegionKind::image:
      return 3;
    case RegionKind::weights:
      return block * block / 8;
    case RegionKind::thresholds:
      return block * 8;
    case RegionKind::sums:
      return block * transfer.transfer.sum_bits / 8;
    default:
      return block / 4;
  }
}

std::uint64_t words_per_run(const Schedule& schedule, const Instruction& transfer) {
  const auto block = static_cast<std::uint64_t>(schedule.block_channels);
  const RegionKind kind = region_kind_of(transfer);
  if (kind == RegionKind::weights) return block;
  const std::uint64_t granules = transfer.transfer.run_bytes / granule_bytes(schedule, transfer);
  if (kind != RegionKind::image) return granules;
  return granules * divide_up(3 * static_cast<std::uint64_t>(schedule.thermometer), block);
}

std::uint64_t weight_words(const Schedule& schedule, const ConvolutionOperands& operands) {
  const std::uint64_t kernel = operands.kernel;
  const auto lanes = static_cast<std::uint64_t>(schedule.lanes);
  const std::uint64_t panes_per_row = schedule.lane_mapping == "pixels" ? kernel : divide_up(kernel, lanes);
  return kernel * panes_per_row * operands.in_blocks * static_cast<std::uint64_t>(schedule.block_channels);
}

void list_accesses(const Schedule& schedule, const Instruction& instruction, std::vector<Access>& out) {
  switch (instruction.unit) {
    case UnitId::convolution:
      return list_convolution(schedule, instruction.convolution, out);
    case UnitId::quantization:
      return list_quantization(instruction.quantization, out);
    default:
      return list_transfer(schedule, instruction, out);
  }
}

}  // namespace ernsim::compiler
