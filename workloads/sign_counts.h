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

/// Counts of none yet, for a convolution.
SignCounts no_signs(const Graph& graph, const Node& convolution);

/// Counts signs in the order of SignWeights, as they come.
class SignCounter {
 public:
  explicit SignCounter(SignCounts& counts);

  /// The lowest `bits` bits of `word`, set for a negative weight, the lowest first.
  void take(std::uint64_t word, int bits);

 private:
  SignCounts& counts_;
  int positions_;                     ///< counted apart
  std::vector<std::uint64_t> masks_;  ///< [position of the lowest bit][position]: which bits are at that position
  std::int64_t fan_in_;
  std::int64_t weight_ = 0;  ///< of the channel
  std::size_t channel_ = 0;
};

/// [node] of weights that are there; empty for what is no convolution.
std::vector<SignCounts> count_signs(const Graph& graph, const std::vector<SignWeights>& weights);

/// count_signs of seeded_parameters(graph, seed), without a byte per weight.
std::vector<SignCounts> seeded_sign_counts(const Graph& graph, std::uint64_t seed);

}  // namespace ernsim::workloads
