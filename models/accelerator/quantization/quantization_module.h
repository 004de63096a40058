#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/memory/on_chip_memory_module.h"
#include "models/accelerator/quantization/quantization_unit.h"
#include "models/accelerator/unit/unit_makers.h"

namespace ernsim {

/// Quantization unit: reads F, R and Q, writes codes to A and sums to S. `makers` make the unit.
class QuantizationModule : public sc_core::sc_module {
 public:
  QuantizationModule(sc_core::sc_module_name name, const UnitContext& context, const QuantizationConfig& config,
                     const ConvolutionConfig& array, const MemoryConfig& memory, const UnitMakers& makers = {})
      : sc_module(name),
        accumulators_in("accumulators_in"),
        residuals_in("residuals_in"),
        thresholds_in("thresholds_in"),
        codes_out("codes_out"),
        sums_out("sums_out"),
        unit_(makers.make(UnitId::quantization, context,
                          [&] { return std::make_unique<QuantizationUnit>(context, config, array, memory); })) {}

  MemoryPort accumulators_in;
  MemoryPort residuals_in;
  MemoryPort thresholds_in;
  MemoryPort codes_out;
  MemoryPort sums_out;

  InstructionUnit& unit() { return *unit_; }
  void attach(std::size_t sum_bytes, std::size_t threshold_bytes, std::size_t code_bytes) {
    OnChipMemories memories;
    memories.accumulators = accumulators_in.view(sum_bytes);
    memories.residuals = residuals_in.view(sum_bytes);
    memories.thresholds = thresholds_in.view(threshold_bytes);
    memories.activations = codes_out.view(code_bytes);
    memories.results = sums_out.view(sum_bytes);
    unit_->attach(memories);
  }

 private:
  std::unique_ptr<InstructionUnit> unit_;
};

}  // namespace ernsim
