#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::workloads {

/// Batch normalisation of one activation: y = (v - mean) * gamma / sqrt(variance + epsilon) + beta, per channel.
struct BatchNorm {
  std::vector<double> gamma, beta, mean, variance;
  double epsilon = 1e-5;
};

/// Parameters of a network, by node number; empty where a node has none.
struct Parameters {
  std::vector<SignWeights> signs;              ///< [convolution]
  std::vector<std::vector<double>> magnitude;  ///< [convolution][output channel]: alpha, what a
                                               ///< weight of +1 is worth; officially mean |w|, or 1/32
  std::vector<BatchNorm> batch_norm;           ///< [activation]
};

/// Seeded parameters: random signs, about 10 % negative gamma, statistics that spread the codes over 0 to 3.
/// The same seed gives the same bytes on every machine.
Parameters seeded_parameters(const Graph& graph, std::uint64_t seed);

}  // namespace ernsim::workloads
