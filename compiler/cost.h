#pragma once

#include "compiler/tiling.h"

namespace ernsim::compiler {

/// Cycles a layer would take on each resource by itself, and what cannot be hidden behind the others.
struct CostEstimate {
  double array = 0;
  double weights = 0;    ///< loading them
  double input = 0;      ///< loading activations
  double residuals = 0;  ///< loading them
  double store = 0;      ///< sums and codes
  double quantization = 0;
  double dram = 0;   ///< all bytes at `dram_efficiency` of the peak
  double fill = 0;   ///< before the array's first step
  double drain = 0;  ///< after its last one

  double bound() const;
  /// The array counts a little even when another resource is the bound: the next layer waits for it first.
  /// Work counts a little even when another resource hides it: it takes energy, and the next layer waits for it.
  double total() const { return bound() + fill + drain + 0.1 * (array + input + weights + dram); }
};

/// Fraction of DRAM peak the estimate counts with; 0.75 to 0.925 has been measured on this FPGA family.
inline constexpr double dram_efficiency = 0.8;

/// The compiler's estimate, to compare tilings of one layer; what a schedule really takes, the simulation tells.
CostEstimate estimate(const LayerShape& layer, const Tiling& tiling, const Placement& placement,
                      const PlatformConfig& config);

}  // namespace ernsim::compiler
