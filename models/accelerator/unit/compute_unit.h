#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "models/accelerator/memory/memory_view.h"
#include "models/accelerator/memory/shared_write_port.h"
#include "models/accelerator/unit/instruction_unit.h"

namespace ernsim {

/// The on-chip memories; a unit gets those that it is bound to.
struct OnChipMemories {
  MemoryView activations, weights, thresholds, accumulators, residuals, results;
};

/// What the accelerator asks of the convolution and the quantization unit, whoever describes them.
class ComputeUnit : public InstructionUnit {
 public:
  using InstructionUnit::InstructionUnit;

  /// Called once, when the memories are bound.
  virtual void attach(const OnChipMemories& memories) = 0;
  /// Shows the tensor values that pass the unit to `observer`.
  virtual void show_values(Observer&) {}
  /// A's write port is another unit's too, which gives way.
  virtual void share(SharedWritePort&) {}
  /// Sums that wrapped.
  virtual std::int64_t overflows() const { return 0; }
};

/// Makes a unit; called while SystemC elaborates the module that holds it.
using ComputeUnitMaker = std::function<std::unique_ptr<ComputeUnit>(const UnitContext&)>;

/// Descriptions of units to be used in the place of the model's own; empty: the model's own.
struct Replacements {
  ComputeUnitMaker convolution, quantization;
};

}  // namespace ernsim
