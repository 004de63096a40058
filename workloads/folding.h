#pragma once

#include "workloads/graph.h"
#include "workloads/parameters.h"

namespace ernsim::workloads {

/// Real value of one unit of a node's integers, by channel: alpha * step of its input's codes for a convolution, that
/// of its terms for a sum. Official residual convolutions have alpha 1/32 and codes with step 1.
std::vector<double> integer_scale(const Graph& graph, const Parameters& parameters, int node);

/// Real value of one step of a node's codes: that of its activation, 1 behind the pixel embedding.
double code_step(const Graph& graph, int codes);

/// Whether two scales are the same but for the rounding of the single-precision numbers they come from.
bool is_same_scale(long double a, long double b);

/// Thresholds of one channel, t = 1..3. With level_t = (2t-1) / (2 quantizer.scale) - quantizer.offset, officially
/// (2t-1)/3: r_t = (mean + (level_t - beta) * sqrt(variance + epsilon) / gamma) / scale;
/// gamma > 0: acc >= ceil(r_t); gamma < 0: acc <= floor(r_t); gamma = 0: the code is that of beta, whatever acc is.
/// Beyond quantizer.top a threshold is never reached.
ChannelThresholds fold_channel(const BatchNorm& norm, std::size_t channel, double scale,
                               const Quantizer& quantizer = {});

/// A network for timing only: no weights and no thresholds, every scale 1.
IntegerNetwork without_weights(const Graph& graph);

/// Folds weight scale, batch normalisation, activation and post-scale of the whole network into integer thresholds.
/// Throws WorkloadError if the terms of a sum count in different scales.
IntegerNetwork fold(const Graph& graph, Parameters parameters);

}  // namespace ernsim::workloads
