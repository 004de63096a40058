#pragma once

#include "tests/rtl/bench/sizes.h"

namespace ernsim::rtl {

/// A convolution that makes the tile; its input lies in the region of A.
ConvolutionOperands draw_convolution(const Shape& shape, Draw& draw, Size size, const Region& input, const Tile& tile);

/// One that fills a memory of 65536 words: F with a row or a column of pixels, or W with blocks or a kernel.
ConvolutionOperands draw_huge_convolution(const Shape& shape, Draw& draw, int kind);

}  // namespace ernsim::rtl
