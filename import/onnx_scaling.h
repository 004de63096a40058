#pragma once

#include <vector>

#include "import/onnx_build.h"

namespace ernsim::workloads {

/// A constant as it broadcasts over [1,C,H,W]: a number for every channel of the graph node. Refuses other shapes and
/// values that are not finite.
std::vector<double> channel_constant(OnnxBuild& build, const onnx::NodeProto& node, int index, int graph_node);

/// Mul or Div of a value and a constant.
void read_scale(OnnxBuild& build, const onnx::NodeProto& node);
/// Sub, or Add, of a value and a constant.
void read_shift(OnnxBuild& build, const onnx::NodeProto& node);

void read_batch_normalization(OnnxBuild& build, const onnx::NodeProto& node);

}  // namespace ernsim::workloads
