#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/platform/run.h"
#include "simulation/tensor_dump.h"
#include "workloads/graph.h"

namespace ernsim::test {

/// What a simulated frame gave, every tensor as [C][H][W] 32-bit values by node name.
struct Simulated {
  RunResult result;
  std::map<std::string, std::vector<std::int32_t>> tensors;       ///< embedding, activations, stored sums
  std::map<std::string, std::vector<std::int32_t>> accumulators;  ///< by convolution
  std::set<std::string> fused;  ///< convolutions without: shortcuts that stay in F, and those that add up on them
};

/// Compiles, checks and runs one frame. Once per process.
Simulated simulate(const workloads::IntegerNetwork& network, const workloads::Image& image,
                   const PlatformConfig& config = {}, RunOptions options = {});

}  // namespace ernsim::test
