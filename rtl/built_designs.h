#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/accelerator/isa/instruction.h"
#include "rtl/pins.h"

namespace ernsim::rtl {

/// A Verilated unit, the other parameters as in rtl/design.
struct BuiltDesign {
  UnitId unit;
  std::int64_t block_channels;
  std::int64_t lanes;  ///< 0: any
  std::unique_ptr<Design> (*make)(std::size_t activations_banks);
};

/// What this program was built with; empty without -DERNSIM_RTL=ON.
std::vector<BuiltDesign> built_designs();

}  // namespace ernsim::rtl
