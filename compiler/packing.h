#pragma once

#include <cstdint>
#include <vector>

#include "models/accelerator/convolution/array_geometry.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// Weights as the hardware reads them: [out block][in block][pane][matrix][output channel] rows of B sign bits, bit i
/// set = weight of input channel i is -1. Input channels and kernel columns beyond the network's are 0 bits. Output
/// channels beyond it have +1 and -1 in turn, so that they can overflow only where a channel of the network can.
std::vector<std::uint8_t> pack_weights(const workloads::SignWeights& weights, int block_channels,
                                       const ArrayGeometry& geometry);

/// Thresholds as the hardware reads them: one little-endian 64-bit word per channel, padded to whole blocks.
std::vector<std::uint8_t> pack_thresholds(const std::vector<workloads::ChannelThresholds>& channels,
                                          int block_channels);

}  // namespace ernsim::compiler
