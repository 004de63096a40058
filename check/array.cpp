#include "check/array.h"

#include <algorithm>

namespace ernsim::check {

Array::Array(const Trace& trace)
    : block(static_cast<int>(trace.parameter("convolution.block_channels"))),
      lanes(static_cast<int>(trace.parameter("convolution.lanes"))),
      cores(static_cast<int>(trace.parameter("convolution.cores"))),
      accumulator_bits(static_cast<int>(trace.parameter("memory.accumulator_bits"))),
      banks(static_cast<int>(trace.parameter("memory.activations_banks"))),
      pixels(trace.text("convolution.lane_mapping") == "pixels"),
      issue(trace.parameter("convolution.issue_cycles")),
      pipeline(trace.parameter("convolution.pipeline_cycles")),
      pane_load(trace.parameter("convolution.pane_load_cycles")) {
  if (pane_load == 0) pane_load = block;
  if (block < 8 || block > 64 || block % 8 != 0 || lanes < 1 || lanes > 64 || cores < 1 || cores > 4096 ||
      accumulator_bits < 2 || accumulator_bits > 16 || banks < 1 || banks > 4096)
    throw traces::TraceError(trace.reader().file() + ": its parameters describe no array");
}

Cycle Array::steps(const Convolution& o) const {
  const int at_once = pixels ? lanes : 1;
  return Cycle{(o.out_rows + cores - 1) / cores} * ((o.out_columns + at_once - 1) / at_once);
}

std::vector<TilePixel> pixels_of(const Array& array, const Convolution& o) {
  const int rows = (o.out_rows + array.cores - 1) / array.cores, at_once = array.pixels ? array.lanes : 1;
  const int columns = (o.out_columns + at_once - 1) / at_once;
  std::vector<TilePixel> list;
  for (int y = 0; y < o.out_rows; ++y)
    for (int x = 0; x < o.out_columns; ++x) list.push_back({Cycle{y % rows} * columns + x / at_once, y, x});
  std::stable_sort(list.begin(), list.end(), [](const TilePixel& a, const TilePixel& b) { return a.step < b.step; });
  return list;
}

std::vector<Tap> taps_of(const Array& array, const Convolution& o, std::int64_t pane, const TilePixel& pixel) {
  const int groups = array.groups(o), columns = array.columns(o);
  const auto block = static_cast<int>(pane / (std::int64_t{groups} * o.kernel));
  const auto kernel_row = static_cast<int>(pane / groups % o.kernel), group = static_cast<int>(pane % groups);
  const int row = pixel.y * o.stride + kernel_row + o.row_offset;
  std::vector<Tap> taps;
  if (row < 0 || row >= o.in_rows) return taps;
  for (int c = 0; c < columns && group * columns + c < o.kernel; ++c) {
    const int column = pixel.x * o.stride + group * columns + c + o.column_offset;
    if (column < 0 || column >= o.in_columns) continue;
    taps.push_back(
        {c, static_cast<std::uint32_t>(o.input_address + row * o.input_row_stride + block * o.in_columns + column)});
  }
  return taps;
}

}  // namespace ernsim::check
