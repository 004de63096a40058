#pragma once

#include "models/accelerator/convolution/activation_reads.h"
#include "models/accelerator/unit/statistics.h"

namespace ernsim {

/// What the array does for one instruction. A matrix multiplies the zeros of padding too, but they are not read from A;
/// nor is a pixel that is in the line registers.
/// F is read, and added to, in every sweep but the first of an instruction that overwrites.
Work convolution_work(const ConvolutionOperands& operands, const ArrayGeometry& geometry, const ActivationReads& reads,
                      std::int64_t block_channels);

}  // namespace ernsim
