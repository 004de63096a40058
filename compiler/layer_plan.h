#pragma once

#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::compiler {

/// One convolution with everything the quantization unit does behind it, by graph node numbers (-1: none).
struct LayerPlan {
  int convolution = -1;
  int input = -1;     ///< pixel embedding or activation
  int codes = -1;     ///< activation to emit
  int residual = -1;  ///< node whose sums are added: an add or another convolution
  int sums = -1;      ///< node whose sums are stored: an add, or this convolution (residual branch, logits)
};

/// The layers in execution order. Throws CompileError when the graph is no chain of residual blocks.
std::vector<LayerPlan> plan_layers(const workloads::Graph& graph);

}  // namespace ernsim::compiler
