#pragma once

#include "import/onnx_file.h"

namespace ernsim::workloads {

/// Refuses a node whose operation an ERN does not have, or that has an attribute, an input or an output which this
/// program does not honour: what is accepted is computed as the file says.
void require_form(const OnnxFile& file, const onnx::NodeProto& node);

/// "Conv", "lm::PixelEmbeddingV3".
std::string operation_of(const onnx::NodeProto& node);

}  // namespace ernsim::workloads
