#pragma once

#include "import/onnx_build.h"

namespace ernsim::workloads {

/// Resize and Upsample: pixels that are repeated. Of sums, what reads them decides whether sums or codes are.
void read_upsampling(OnnxBuild& build, const onnx::NodeProto& node);

/// Of codes that are to be repeated: the node that does it; of others the node itself.
int push_repeated(OnnxBuild& build, const onnx::NodeProto& node, int codes, int repetition);

}  // namespace ernsim::workloads
