#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::workloads {

struct ReferenceResult {
  /// [node][channel][row][column]: codes of embedding and activations, accumulators, sums; empty for the pool.
  std::vector<std::vector<std::int32_t>> values;
  std::vector<double> logits;
  std::int64_t wrapped = 0;  ///< accumulators and sums that did not fit `bits`
};

/// Executes the network as its definition reads, one output at a time, sharing nothing with the hardware model.
/// `bits`: accumulators and sums wrap to this many bits, two's complement; 0: they are exact.
ReferenceResult execute_reference(const IntegerNetwork& network, const Image& image, int bits = 0);

/// Codes of one colour value.
std::vector<int> embed_value(int value, const std::vector<EmbeddingThresholds>& thresholds);

}  // namespace ernsim::workloads
