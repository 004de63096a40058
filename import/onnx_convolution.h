#pragma once

#include "import/onnx_file.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

/// Kernel, stride and padding of a Conv node with weights of that shape. Refuses what the convolution instruction
/// cannot say: kernels that are not square or larger than 7, strides that differ or are larger than 4, groups, and
/// padding that is decided by the size of the picture. A dilated kernel spans largest_field at most.
void read_geometry(const OnnxFile& file, const onnx::NodeProto& node, const onnx::TensorProto& weights,
                   Node& convolution);

/// Of weights [O,`inputs`,k,k], those of so many input channels from `first` on.
std::vector<double> inputs_of(const std::vector<double>& weights, std::int64_t inputs, int kernel, int first,
                              int channels);

/// Signs of the weights; +0 and -0 count as +1. Refuses values that are not finite.
SignWeights signs_of(const OnnxFile& file, const onnx::NodeProto& node, const std::vector<double>& weights, int outputs,
                     int inputs, int kernel);

/// Mean |w| of every output channel. Refuses one that is 0.
std::vector<double> mean_magnitude(const OnnxFile& file, const onnx::NodeProto& node,
                                   const std::vector<double>& weights, int outputs);

}  // namespace ernsim::workloads
