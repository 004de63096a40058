#pragma once

#include "import/onnx_build.h"

namespace ernsim::workloads {

/// The pooling of a graph node, a convolution or a sum, that is a result, as what the file's node makes.
void produce_pooled(OnnxBuild& build, const onnx::NodeProto& node, int graph_node);

void read_average_pool(OnnxBuild& build, const onnx::NodeProto& node);
void read_flatten(OnnxBuild& build, const onnx::NodeProto& node);

/// The file's outputs. Refuses one that is no result, and what leads to none.
void read_outputs(OnnxBuild& build);

}  // namespace ernsim::workloads
