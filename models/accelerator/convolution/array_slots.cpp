#include "models/accelerator/convolution/array_slots.h"

namespace ernsim {

StepSlots step_slots(const ConvolutionOperands& o, const ArrayGeometry& geometry, std::int64_t block_channels) {
  const std::int64_t lane = block_channels * block_channels, panes = geometry.panes(o);
  const std::int64_t core_steps = geometry.steps(1, o.out_columns) * panes;  // of one row on one core
  const std::int64_t rows_each = (o.out_rows + geometry.cores - 1) / geometry.cores;
  const std::int64_t pixels = std::int64_t{o.out_rows} * o.out_columns;
  StepSlots slots;
  slots.multiply = pixels * o.kernel * o.kernel * o.in_blocks * lane;
  slots.lanes = o.out_rows * core_steps * geometry.lanes * lane - slots.multiply;
  slots.core_rows = (rows_each * geometry.cores - o.out_rows) * core_steps * geometry.lanes * lane;
  return slots;
}

}  // namespace ernsim
