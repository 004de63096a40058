#pragma once

#include <vector>

#include "import/onnx_file.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

/// Thresholds of floor(clamp(x * weight - bias, 0, 3.999999)) for x = 0 to 255.
EmbeddingThresholds thresholds_of(double weight, double bias);

/// Thresholds of a PixelEmbeddingV3 node: code = floor(clamp(x * weight - bias, 0, 3.999999)) for x = 0 to 255.
/// Refuses what the hardware's three 8-bit thresholds per code cannot express.
std::vector<EmbeddingThresholds> embedding_of(const OnnxFile& file, const onnx::NodeProto& node, int colours);

}  // namespace ernsim::workloads
