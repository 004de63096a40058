#pragma once

#include "workloads/graph.h"
#include "workloads/parameters.h"

namespace ernsim::workloads {

/// Real value of one unit of a node's integers: alpha * (2/3 or 1) for a convolution, 1/32 for residual sums.
std::vector<double> integer_scale(const Graph& graph, const Parameters& parameters, int node);

/// Thresholds of one channel, t = 1..3: r_t = (mean + ((2t-1)/3 - beta) * sqrt(variance + epsilon) / gamma) / scale;
/// gamma > 0: acc >= ceil(r_t); gamma < 0: acc <= floor(r_t); gamma = 0: the code is that of beta, whatever acc is.
ChannelThresholds fold_channel(const BatchNorm& norm, std::size_t channel, double scale);

/// A network for timing only: no weights and no thresholds, every scale 1.
IntegerNetwork without_weights(const Graph& graph);

/// Folds weight scale, batch normalisation, activation and post-scale of the whole network into integer thresholds.
IntegerNetwork fold(const Graph& graph, Parameters parameters);

}  // namespace ernsim::workloads
