#pragma once

#include "tests/property/draw.h"
#include "workloads/graph.h"

namespace ernsim::test {

/// A stem and a few residual blocks, like an ERN but smaller and of any input size. `granule`: what activations have a
/// multiple of channels of; 0: any number, and kernels that only timing knows.
workloads::Graph random_network(Draw& draw, int granule);

}  // namespace ernsim::test
