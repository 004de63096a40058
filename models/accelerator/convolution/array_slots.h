#pragma once

#include "models/accelerator/convolution/array_geometry.h"

namespace ernsim {

/// Multipliers of the array: B x B in each of M lanes of each of C cores.
inline std::int64_t multipliers_of(const ConvolutionConfig& array) {
  return array.block_channels * array.block_channels * array.lanes * array.cores;
}

/// What the multipliers do in the steps of an instruction, as multiplier-cycles: together steps x panes x multipliers.
struct StepSlots {
  std::int64_t multiply = 0;   ///< channels that only fill a block included
  std::int64_t lanes = 0;      ///< lanes for which the kernel has no column left, or the tile no pixel
  std::int64_t core_rows = 0;  ///< cores for which the tile has no row left
};

StepSlots step_slots(const ConvolutionOperands& operands, const ArrayGeometry& geometry, std::int64_t block_channels);

}  // namespace ernsim
