#include "import/onnx_convolution.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace ernsim::workloads {

namespace {

int stride_of(const OnnxFile& file, const onnx::NodeProto& node) {
  const auto strides = file.integers(node, "strides");
  if (strides.empty()) return 1;
  if (strides.size() != 2 || strides[0] != strides[1] || strides[0] < 1 || strides[0] > largest_stride)
    file.refuse(node, fmt::format("strides are [{}]; the instruction has one for both ways, 1 to {}",
                                  fmt::join(strides, ","), largest_stride));
  return static_cast<int>(strides[0]);
}

Dilation dilation_of(const OnnxFile& file, const onnx::NodeProto& node, int kernel) {
  const auto dilations = file.integers(node, "dilations");
  if (kernel == 1 || dilations.empty()) return {};
  const int most = (largest_field - 1) / (kernel - 1);
  const bool fits = dilations.size() == 2 && std::all_of(dilations.begin(), dilations.end(), [most](std::int64_t each) {
                      return each >= 1 && each <= most;
                    });
  if (!fits)
    file.refuse(node, fmt::format("dilations are [{}], must be two from 1 to {} with a kernel of {}",
                                  fmt::join(dilations, ","), most, kernel));
  return {static_cast<int>(dilations[0]), static_cast<int>(dilations[1])};
}

Padding padding_of(const OnnxFile& file, const onnx::NodeProto& node, const Node& convolution) {
  const auto pads = file.integers(node, "pads");
  if (pads.empty()) return 0;
  const int down = field_of(convolution.kernel, convolution.dilation.rows),
            across = field_of(convolution.kernel, convolution.dilation.columns);
  const auto less = [](std::int64_t pad, int field) { return pad >= 0 && pad < field; };
  const bool fits = pads.size() == 4 && less(pads[0], down) && less(pads[1], across) && less(pads[2], down) &&
                    less(pads[3], across);
  if (!fits)
    file.refuse(node, fmt::format("pads are [{}], must be four from 0 to {}: with more an output would see padding "
                                  "alone",
                                  fmt::join(pads, ","),
                                  down == across ? std::to_string(down - 1)
                                                 : fmt::format("{} above and below, {} beside", down - 1, across - 1)));
  Padding padding;
  padding.top = static_cast<int>(pads[0]);
  padding.left = static_cast<int>(pads[1]);
  padding.bottom = static_cast<int>(pads[2]);
  padding.right = static_cast<int>(pads[3]);
  return padding;
}

}  // namespace

void read_geometry(const OnnxFile& file, const onnx::NodeProto& node, const onnx::TensorProto& weights,
                   Node& convolution) {
  const auto& dims = weights.dims();
  if (dims.size() != 4 || dims[2] != dims[3] || dims[2] < 1 || dims[2] > largest_kernel)
    file.refuse(node, fmt::format("its weights '{}' have the shape {}, must be [out,in,k,k] with k from 1 to {}",
                                  weights.name(), shape_text(weights), largest_kernel));
  convolution.kernel = static_cast<int>(dims[2]);
  const auto shape = file.integers(node, "kernel_shape");
  if (!shape.empty() && shape != std::vector<std::int64_t>{dims[2], dims[2]})
    file.refuse(node,
                fmt::format("kernel_shape is [{}], its weights are {}x{}", fmt::join(shape, ","), dims[2], dims[2]));
  convolution.stride = stride_of(file, node);
  convolution.dilation = dilation_of(file, node, convolution.kernel);
  convolution.padding = padding_of(file, node, convolution);
}

std::vector<double> inputs_of(const std::vector<double>& weights, std::int64_t inputs, int kernel, int first,
                              int channels) {
  const std::int64_t taps = std::int64_t{kernel} * kernel, end = static_cast<std::int64_t>(weights.size());
  std::vector<double> made;
  for (std::int64_t at = first * taps; at < end; at += inputs * taps)
    made.insert(made.end(), weights.begin() + at, weights.begin() + at + channels * taps);
  return made;
}

SignWeights signs_of(const OnnxFile& file, const onnx::NodeProto& node, const std::vector<double>& weights, int outputs,
                     int inputs, int kernel) {
  SignWeights signs(outputs, inputs, kernel);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i])) file.refuse(node, "its weights hold a value that is not finite");
    if (weights[i] < 0) signs.set_negative(i);
  }
  return signs;
}

std::vector<double> mean_magnitude(const OnnxFile& file, const onnx::NodeProto& node,
                                   const std::vector<double>& weights, int outputs) {
  const std::size_t per_channel = weights.size() / static_cast<std::size_t>(outputs);
  std::vector<double> magnitude(static_cast<std::size_t>(outputs), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i) magnitude[i / per_channel] += std::abs(weights[i]);
  for (double& each : magnitude) each /= static_cast<double>(per_channel);
  if (std::find(magnitude.begin(), magnitude.end(), 0.0) != magnitude.end())
    file.refuse(node, "all weights of an output channel are zero: it has no scale");
  return magnitude;
}

}  // namespace ernsim::workloads
