#include "models/accelerator/convolution/convolution_work.h"

namespace ernsim {

Work convolution_work(const ConvolutionOperands& o, const ArrayGeometry& geometry, const ActivationReads& reads,
                      std::int64_t block_channels) {
  const std::int64_t pixels = std::int64_t{o.out_rows} * o.out_columns, panes = geometry.panes(o);
  const std::int64_t sums_read = pixels * (panes - (o.accumulate ? 0 : 1)), sum_bytes = 2 * block_channels;
  Work work;
  work.macs = pixels * o.kernel * o.kernel * o.in_blocks * block_channels * block_channels;
  work.additions = sums_read * block_channels;
  work.read_bytes = reads.words(o) * block_channels / 4 + panes * block_channels * geometry.lanes * block_channels / 8 +
                    sums_read * sum_bytes;
  work.write_bytes = pixels * panes * sum_bytes;
  return work;
}

}  // namespace ernsim
