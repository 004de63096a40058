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
  double total() const { return bound() + fill + drain + work_counts * (array + input + weights + dram); }
  static constexpr double work_counts = 0.1;
};

/// Fraction of DRAM peak the estimate counts with; 0.75 to 0.925 has been measured on this FPGA family.
inline constexpr double dram_efficiency = 0.8;

/// What the formulas need to know of a platform's ports and memory. Bytes per cycle of the accelerator, cycles.
struct Rates {
  explicit Rates(const PlatformConfig& config);

  double block;  ///< channels
  double activations = 0, weights = 0, residuals = 0, store = 0;
  double dram = 0;
  double read_latency = 0, write_latency = 0;

 private:
  void set_ports(const AcceleratorConfig& config);
};

/// The compiler's estimate, to compare tilings of one layer; what a schedule really takes, the simulation tells.
class CostModel {
 public:
  explicit CostModel(const PlatformConfig& config) : config_(config), rates_(config) {}
  CostEstimate estimate(const LayerShape& layer, const Tiling& tiling, const Placement& placement) const;
  /// What the total of the estimate is not below, of the array alone.
  double at_least(const LayerShape& layer, const Tiling& tiling) const;
  const PlatformConfig& platform() const { return config_; }

 private:
  const PlatformConfig& config_;
  Rates rates_;
};

}  // namespace ernsim::compiler
