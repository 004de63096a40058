#include "models/accelerator/convolution/convolution_work.h"

namespace ernsim {

namespace {

/// Pairs of an output position and a kernel position, along one axis, that meet the region and not its padding.
std::int64_t taps_inside(int out, int in, int kernel, int stride, int offset) {
  std::int64_t taps = 0;
  for (int k = 0; k < kernel; ++k)
    for (int o = 0; o < out; ++o) {
      const int at = o * stride + k + offset;
      taps += at >= 0 && at < in ? 1 : 0;
    }
  return taps;
}

}  // namespace

Work convolution_work(const ConvolutionOperands& o, const ArrayGeometry& geometry, std::int64_t block_channels) {
  const std::int64_t pixels = std::int64_t{o.out_rows} * o.out_columns, panes = geometry.panes(o);
  const std::int64_t taps = taps_inside(o.out_rows, o.in_rows, o.kernel, o.stride, o.row_offset) *
                            taps_inside(o.out_columns, o.in_columns, o.kernel, o.stride, o.column_offset);
  const std::int64_t sums_read = pixels * (panes - (o.accumulate ? 0 : 1)), sum_bytes = 2 * block_channels;
  Work work;
  work.macs = pixels * o.kernel * o.kernel * o.in_blocks * block_channels * block_channels;
  work.additions = sums_read * block_channels;
  work.read_bytes = taps * o.in_blocks * block_channels / 4 +
                    panes * block_channels * geometry.lanes * block_channels / 8 + sums_read * sum_bytes;
  work.write_bytes = pixels * panes * sum_bytes;
  return work;
}

}  // namespace ernsim
