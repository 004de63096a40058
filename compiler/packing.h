#pragma once

#include <cstdint>
#include <vector>

#include "models/accelerator/convolution/array_geometry.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// How the weights of `convolution` lie: a dilated kernel is convolved tap by tap, so that each of its panes is one
/// matrix.
ArrayGeometry weights_geometry(const workloads::Node& convolution, ArrayGeometry array);

/// Weights as the hardware reads them: [out block][in block][pane][matrix][output channel] rows of B sign bits, bit i
/// set = weight of input channel i is -1. Input channels and kernel columns beyond the network's are 0 bits. Output
/// channels beyond it repeat its last one, so that they overflow if and only if that one does. `in_channels`: of the
/// input, if it has more than the weights are for.
std::vector<std::uint8_t> pack_weights(const workloads::SignWeights& weights, int block_channels,
                                       const ArrayGeometry& geometry, int in_channels = 0);

/// The codes of an image as the hardware reads them: [row][block][column] words of plane 0 and plane 1, channels beyond
/// its own 0.
std::vector<std::uint8_t> pack_codes(const workloads::Image& codes, int block_channels);

/// Thresholds as the hardware reads them: one little-endian 64-bit word per channel, padded to whole blocks. Channels
/// beyond the network's never reach theirs: their codes are 0.
std::vector<std::uint8_t> pack_thresholds(const std::vector<workloads::ChannelThresholds>& channels,
                                          int block_channels);

}  // namespace ernsim::compiler
