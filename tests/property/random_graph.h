#pragma once

#include "tests/property/draw.h"
#include "workloads/graph.h"

namespace ernsim::test {

/// A network of any shape that an ONNX file may bring: 1 or 3 colours or codes, any sides and widths, kernels 1 to 7,
/// strides 1 to 4, dilation, uneven padding, sums of convolutions with the sum before or an older one, several
/// activations of one sum, concatenated channels, upsampled codes and sums, heads that are pooled or maps, also behind
/// an earlier layer.
workloads::Graph random_graph(Draw& draw);

}  // namespace ernsim::test
