#pragma once

#ifndef ONNX_NAMESPACE
#define ONNX_NAMESPACE onnx
#endif
#ifndef ONNX_ML
#define ONNX_ML 1
#endif
#include <onnx/onnx_pb.h>

#include <string>
#include <vector>

namespace ernsim::workloads {

/// "[64,30,3,3]"
std::string shape_text(const onnx::TensorProto& tensor);

/// All elements as double. Throws WorkloadError if the type is none of float, double, int32, int64, bool, if the data
/// lie in another file or if there are more or fewer of them than the shape says.
std::vector<double> elements(const onnx::TensorProto& tensor);

}  // namespace ernsim::workloads
