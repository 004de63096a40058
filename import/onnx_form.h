#pragma once

#include "import/onnx_file.h"

namespace ernsim::workloads {

/// Whose operations a file has.
enum class OnnxDialect { official, qonnx };

/// Refuses a node whose operation an ERN does not have, or that has an attribute, an input or an output which this
/// program does not honour, or works in training mode: what is accepted is computed as the file says.
void require_form(const OnnxFile& file, OnnxDialect dialect, const onnx::NodeProto& node);

/// "Conv", "lm::PixelEmbeddingV3"; "Quant" in every domain that has QONNX's quantizers.
std::string operation_of(const onnx::NodeProto& node);

/// Whether that is one of QONNX's quantizers.
bool is_qonnx_quantizer(const onnx::NodeProto& node);

}  // namespace ernsim::workloads
