#pragma once

#include <optional>
#include <string>

#include "import/onnx_tensor.h"

namespace ernsim::workloads {

/// The tensor that a Constant node gives, however it is written: value, value_float, value_floats, value_int or
/// value_ints. None for other forms.
std::optional<onnx::TensorProto> constant_of(const onnx::NodeProto& node);

/// Brings a tensor's data into it that lie in a file beside `path`. Throws WorkloadError if that is no regular file
/// below the folder, cannot be read or is too short, or if offset or length are no numbers.
void load_external(const std::string& path, onnx::TensorProto& tensor);

}  // namespace ernsim::workloads
