#include "tools/trace_header.h"

namespace ernsim::tools {

traces::Header trace_header(const Selection& selection, bool hashed) {
  traces::Header header;
  header.network = selection.graph().network;
  header.platform = selection.platform.name;
  header.block_channels = static_cast<int>(selection.platform.accelerator.convolution.block_channels);
  header.clock_period_ps = selection.platform.accelerator.clock().period_ps;
  header.hashed = hashed;
  header.channels = traces::channels_of(selection.platform);
  for (const auto& layer : selection.schedule.layers) header.layers.push_back({layer.name, layer.codes, layer.sums});
  return header;
}

}  // namespace ernsim::tools
