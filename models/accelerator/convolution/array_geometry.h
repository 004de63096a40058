#pragma once

#include <algorithm>

#include "models/accelerator/convolution/convolution_config.h"
#include "models/accelerator/isa/instruction.h"

namespace ernsim {

/// How the M arrays share a convolution: the arithmetic of panes and steps, without time.
/// A pane is what the arrays hold while they sweep the output tile once; in a step every array multiplies once.
struct ArrayGeometry {
  int lanes = 1;
  LaneMapping mapping = LaneMapping::kernel_columns;
  int cores = 1;  ///< sets of M arrays that hold the same pane and share the rows of a tile

  /// Kernel columns one pane covers.
  int matrices_per_pane(int kernel) const {
    return mapping == LaneMapping::kernel_columns ? std::min(lanes, kernel) : 1;
  }
  int panes_per_kernel_row(int kernel) const {
    const int matrices = matrices_per_pane(kernel);
    return (kernel + matrices - 1) / matrices;
  }
  /// Panes for one input block: kernel rows outer, groups of kernel columns inner.
  int panes_per_pass(int kernel) const { return kernel * panes_per_kernel_row(kernel); }
  int kernel_row(int kernel, int pane) const { return pane / panes_per_kernel_row(kernel) % kernel; }
  /// Kernel column of a pane's first matrix.
  int first_column(int kernel, int pane) const {
    return pane % panes_per_kernel_row(kernel) * matrices_per_pane(kernel);
  }
  int panes(const ConvolutionOperands& operands) const { return panes_per_pass(operands.kernel) * operands.in_blocks; }
  /// Matrices of B x B at work in a step, on average over a kernel.
  double matrices_at_work(int kernel) const {
    const int pixels = mapping == LaneMapping::pixels ? lanes : 1;
    return static_cast<double>(kernel) / panes_per_kernel_row(kernel) * pixels * cores;
  }
  int steps(const ConvolutionOperands& operands) const { return steps(operands.out_rows, operands.out_columns); }
  /// The core with the most rows decides.
  int steps(int rows, int columns) const {
    const int at_once = mapping == LaneMapping::pixels ? lanes : 1;
    return (rows + cores - 1) / cores * ((columns + at_once - 1) / at_once);
  }
};

inline ArrayGeometry geometry_of(const ConvolutionConfig& config) {
  return {static_cast<int>(config.lanes), config.lane_mapping, static_cast<int>(config.cores)};
}

}  // namespace ernsim
