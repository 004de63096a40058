#pragma once

#include <systemc>

#include "models/convolution/convolution_unit.h"
#include "models/memory/on_chip_memory_module.h"

namespace ernsim {

/// Convolution unit: reads A and W, reads and writes F.
class ConvolutionModule : public sc_core::sc_module {
 public:
  ConvolutionModule(sc_core::sc_module_name name, const UnitContext& context, const ConvolutionConfig& config,
                    const MemoryConfig& memory)
      : sc_module(name),
        activations_in("activations_in"),
        weights_in("weights_in"),
        accumulators("accumulators"),
        unit_(context, config, memory) {}

  MemoryPort activations_in;
  MemoryPort weights_in;
  MemoryPort accumulators;

  ConvolutionUnit& unit() { return unit_; }
  void attach(std::size_t code_bytes, std::size_t weight_bytes, std::size_t accumulator_bytes) {
    unit_.arithmetic().attach(activations_in.view(code_bytes), weights_in.view(weight_bytes),
                              accumulators.view(accumulator_bytes));
  }

 private:
  ConvolutionUnit unit_;
};

}  // namespace ernsim
