#pragma once

#include "import/onnx_build.h"

namespace ernsim::workloads {

// What makes codes: of the image, and of integers.
void read_pixel_embedding(OnnxBuild& build, const onnx::NodeProto& node);
void read_activation(OnnxBuild& build, const onnx::NodeProto& node);
/// Of codes, along channels: the convolution that reads it is a sum.
void read_concatenation(OnnxBuild& build, const onnx::NodeProto& node);

}  // namespace ernsim::workloads
