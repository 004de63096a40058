#pragma once

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/statistics.h"

namespace ernsim {

/// What the quantization unit does for one instruction: it reads F (and R), writes codes to A and sums to S, and reads
/// its entry of Q once.
inline Work quantization_work(const QuantizationOperands& operands, std::int64_t block_channels) {
  const std::int64_t pixels = std::int64_t{operands.rows} * operands.columns, values = pixels * block_channels;
  Work work;
  work.read_bytes = 2 * values;
  if (operands.add_residual) {
    work.additions = values;
    work.read_bytes += 2 * values;
  }
  if (operands.emit_codes) {
    work.comparisons = 3 * values;
    work.read_bytes += 8 * block_channels;
    work.write_bytes += values / 4;
  }
  if (operands.emit_sums) work.write_bytes += 2 * values;
  return work;
}

}  // namespace ernsim
