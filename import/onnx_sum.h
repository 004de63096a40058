#pragma once

#include "import/onnx_build.h"

namespace ernsim::workloads {

/// A convolution's own scale takes what is done to all its channels alike or apart, as far as nobody else reads it.
/// `in` is input `index` of the node; refuses the node if it keeps a factor.
void absorb_gain(OnnxBuild& build, const onnx::NodeProto& node, int index, OnnxValue& in);

/// The sum of a convolution, first, and an older node, which are residual from now on. Returns its graph node.
int push_sum(OnnxBuild& build, const onnx::NodeProto& node, std::vector<int> inputs);

/// Add of two values, or of one and a constant.
void read_add(OnnxBuild& build, const onnx::NodeProto& node);

}  // namespace ernsim::workloads
