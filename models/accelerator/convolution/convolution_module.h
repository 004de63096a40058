#pragma once

#include <memory>
#include <systemc>

#include "models/accelerator/convolution/convolution_unit.h"
#include "models/accelerator/memory/on_chip_memory_module.h"
#include "models/accelerator/unit/unit_makers.h"

namespace ernsim {

/// Convolution unit: reads A and W, reads and writes F. `makers` make the unit.
class ConvolutionModule : public sc_core::sc_module {
 public:
  ConvolutionModule(sc_core::sc_module_name name, const UnitContext& context, const ConvolutionConfig& config,
                    const MemoryConfig& memory, const UnitMakers& makers = {})
      : sc_module(name),
        activations_in("activations_in"),
        weights_in("weights_in"),
        accumulators("accumulators"),
        unit_(makers.make(UnitId::convolution, context,
                          [&] { return std::make_unique<ConvolutionUnit>(context, config, memory); })) {}

  MemoryPort activations_in;
  MemoryPort weights_in;
  MemoryPort accumulators;

  InstructionUnit& unit() { return *unit_; }
  void attach(std::size_t code_bytes, std::size_t weight_bytes, std::size_t accumulator_bytes) {
    OnChipMemories memories;
    memories.activations = activations_in.view(code_bytes);
    memories.weights = weights_in.view(weight_bytes);
    memories.accumulators = accumulators.view(accumulator_bytes);
    unit_->attach(memories);
  }

 private:
  std::unique_ptr<InstructionUnit> unit_;
};

}  // namespace ernsim
