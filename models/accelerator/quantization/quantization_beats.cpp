#include "models/accelerator/quantization/quantization_beats.h"

#include "models/accelerator/quantization/quantization_sweep.h"

namespace ernsim {

void QuantizationBeats::report(const Quantization& arithmetic, const Instruction& instruction, Cycle first) {
  const QuantizationOperands& o = instruction.quantization;
  const Cycle written = first + pipeline_cycles_;
  pixels(Port::quantization_accumulators_in, instruction, arithmetic.accumulators(), o.accumulator_address, o.columns,
         first);
  if (o.add_residual)
    pixels(Port::quantization_residuals_in, instruction, arithmetic.residuals(), o.residual_address, o.columns, first);
  if (o.emit_codes) {
    const MemoryView& thresholds = arithmetic.thresholds();
    ports_.beat(Port::quantization_thresholds_in, &instruction, first, o.threshold_entry,
                thresholds.word(o.threshold_entry), thresholds.word_bytes);
    pixels(Port::quantization_codes_out, instruction, arithmetic.codes(), o.code_address, o.code_row_stride, written);
  }
  if (o.emit_sums)
    pixels(Port::quantization_sums_out, instruction, arithmetic.sums(), o.result_address, o.columns, written);
}

/// In the order of cycles: the cores read the same pixel of their rows together.
void QuantizationBeats::pixels(Port port, const Instruction& instruction, const MemoryView& memory,
                               std::uint32_t address, std::uint32_t row_stride, Cycle first) {
  const QuantizationOperands& o = instruction.quantization;
  const auto rows = static_cast<int>(rows_of_core(o.rows, cores_));
  cycles_.clear();
  addresses_.clear();
  data_.clear();
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < o.columns; ++x)
      for (int row = y; row < o.rows; row += rows) {
        addresses_.push_back(address + static_cast<std::uint32_t>(row) * row_stride + static_cast<std::uint32_t>(x));
        cycles_.push_back(first + cycle_of_pixel(Cycle{y} * o.columns + x));
        const std::uint8_t* word = memory.word(addresses_.back());
        data_.insert(data_.end(), word, word + memory.word_bytes);
      }
  ports_.beats(PortBeats{port, &instruction, cycles_.size(), first, cycles_.data(), address, addresses_.data(),
                         data_.data(), memory.word_bytes});
}

}  // namespace ernsim
