#pragma once

#include "import/onnx_build.h"

namespace ernsim::workloads {

/// What makes weights binary: of one magnitude per output channel, or of a power of two.
void read_weight_quantizer(OnnxBuild& build, const onnx::NodeProto& node);

// Products of codes with such weights.
void read_convolution(OnnxBuild& build, const onnx::NodeProto& node);
/// The mean over pixels and a product with weights may change places: a 1x1 convolution, pooled.
void read_fully_connected(OnnxBuild& build, const onnx::NodeProto& node);

}  // namespace ernsim::workloads
