#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::workloads {

/// How many weights of a convolution are -1, by output channel and kernel position: what the range of its sums needs.
struct SignCounts {
  int in_channels = 0;
  int kernel = 1;
  bool whole_kernel = true;            ///< one count for all positions: some output pixel sees all of them
  std::vector<std::int32_t> negative;  ///< [output channel], or [output channel][ky][kx]
};

/// The most rows or columns of padding that a convolution of the network has on a side: an output pixel as far from
/// every edge sees whole kernels, whatever the strides.
int widest_padding(const Graph& graph);

/// `margin`: widest_padding of its network.
SignCounts count_signs(const Node& convolution, const SignWeights& weights, int margin);

/// [node] of weights that are there; empty for what is no convolution.
std::vector<SignCounts> count_signs(const Graph& graph, const std::vector<SignWeights>& weights);

/// count_signs of seeded_parameters(graph, seed), without keeping any.
std::vector<SignCounts> seeded_sign_counts(const Graph& graph, std::uint64_t seed);

}  // namespace ernsim::workloads
