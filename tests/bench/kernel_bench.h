#pragma once

namespace ernsim::bench {

/// Convolution tiles, packing of sums and quantization, in this process.
void register_kernels();

}  // namespace ernsim::bench
