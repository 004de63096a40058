#pragma once

#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::compiler {

/// One convolution with everything the quantization unit does behind it, by graph node numbers (-1: none). Where
/// several activations read its result, each further one is a layer that comes right behind.
struct LayerPlan {
  int convolution = -1;
  int input = -1;     ///< pixel embedding or activation
  int codes = -1;     ///< activation to emit
  int residual = -1;  ///< node whose sums are added: an add or another convolution
  int sums = -1;      ///< node whose sums are stored: an add, or this convolution (residual branch, logits)
  std::vector<int> repeated_codes = {};  ///< upsampling nodes of `codes`
  std::vector<int> repeated_sums = {};   ///< upsampling nodes of the sums
  bool codes_read = true;                ///< as they are, not only repeated
  bool again = false;  ///< another activation of what the layer before has in F, beside that one's own
  bool fused = false;  ///< a shortcut whose sums stay in F, where the next layer in execution order adds to them
};

/// The node whose sums the layer gives, stored or not: an add that it completes, or its convolution if that is stored,
/// as it is or repeated;
/// -1: none, as of a further activation.
int given_sums(const workloads::Graph& graph, const LayerPlan& layer);

/// A convolution on a residual branch that nothing but one add reads, and the convolution that completes the add.
/// Either its sums go through external memory and the quantization unit adds them, or the other accumulates on them in
/// F.
struct Shortcut {
  int convolution = -1;   ///< graph node
  int completed_by = -1;  ///< graph node
};
std::vector<Shortcut> shortcuts(const workloads::Graph& graph, const std::vector<LayerPlan>& layers);

/// The layers with `shortcut` fused: it comes right before the layer that completes its add.
std::vector<LayerPlan> fuse(std::vector<LayerPlan> layers, const Shortcut& shortcut);

/// The layers in execution order. Throws CompileError when the graph is no chain of residual blocks.
std::vector<LayerPlan> plan_layers(const workloads::Graph& graph);

}  // namespace ernsim::compiler
