#include <fmt/format.h>

#include <cmath>

#include "import/onnx_convolution.h"
#include "import/onnx_names.h"
#include "import/onnx_shapes.h"
#include "import/qonnx_graph.h"
#include "workloads/folding.h"

// Products of codes with binary weights.

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

/// Every colour's weights as often as it has codes.
Constant repeated(const Constant& weights, std::size_t times) {
  Constant made{weights.dims, {}};
  made.dims[1] *= static_cast<std::int64_t>(times);
  const auto plane = static_cast<std::size_t>(weights.dims[2] * weights.dims[3]);
  for (std::size_t at = 0; at < weights.values.size(); at += plane)
    for (std::size_t i = 0; i < times; ++i)
      made.values.insert(made.values.end(), weights.values.begin() + static_cast<std::ptrdiff_t>(at),
                         weights.values.begin() + static_cast<std::ptrdiff_t>(at + plane));
  return made;
}

/// Those of so many input channels from `first` on.
Constant inputs_of(const Constant& weights, int first, int channels) {
  Constant made{weights.dims, workloads::inputs_of(weights.values, weights.dims[1], static_cast<int>(weights.dims[2]),
                                                   first, channels)};
  made.dims[1] = channels;
  return made;
}

SignWeights signs_of(const Constant& weights) {
  SignWeights signs(static_cast<int>(weights.dims[0]), static_cast<int>(weights.dims[1]),
                    static_cast<int>(weights.dims[2]));
  for (std::size_t i = 0; i < weights.values.size(); ++i)
    if (weights.values[i] < 0) signs.set_negative(i);
  return signs;
}

}  // namespace

/// Kernel, stride and padding.
Node QonnxGraph::geometry_of(const NodeProto& node, const QonnxValue& in, const Constant& weights) const {
  onnx::TensorProto shape;
  shape.set_name(node.input(1));
  for (const std::int64_t side : weights.dims) shape.add_dims(side);
  Node geometry;
  read_geometry(file_, node, shape, geometry);
  if (weights.dims[0] < 1 || weights.dims[0] > most_channels ||
      weights.dims[1] != static_cast<std::int64_t>(in.channels()))
    file_.refuse(node,
                 fmt::format("its weights are {}, but its input has {} channels", shape_text(shape), in.channels()));
  if (in.layout != Layout::nchw) file_.refuse(node, "needs [N,C,H,W]; its input is [N,H,W,C]");
  return geometry;
}

QonnxValue QonnxGraph::convolution(const NodeProto& node, const QonnxValue& in, const Constant& weights,
                                   const QonnxOptions& options) {
  const Node geometry = geometry_of(node, in, weights);
  if (in.kind == QonnxKind::image) {
    const QonnxValue codes = through_thermometer(node, in, options);
    return convolution(node, codes, repeated(weights, codes.channels() / in.channels()), options);
  }
  if (in.kind == QonnxKind::concatenated) return over_parts(node, in, weights, geometry);
  return convolved(node, without_suffix(node.input(1)), in, weights, geometry);
}

QonnxValue QonnxGraph::convolved(const NodeProto& node, const std::string& name, const QonnxValue& in,
                                 const Constant& weights, const Node& geometry) {
  QonnxValue value{QonnxKind::sums, -1, magnitudes(node, weights), {}};
  value.node = push(&node, NodeKind::convolution, name, {in.node}, static_cast<int>(weights.dims[0]), geometry);
  made_.weights[static_cast<std::size_t>(value.node)] = signs_of(weights);
  for (Real& gain : value.gain) gain *= in.gain[0];
  value.shift = all(value.gain.size(), 0);
  return value;
}

/// A convolution of concatenated channels is the sum of those of its parts.
QonnxValue QonnxGraph::over_parts(const NodeProto& node, const QonnxValue& in, const Constant& weights,
                                  const Node& geometry) {
  magnitudes(node, weights);
  QonnxValue sum;
  int first = 0;
  for (std::size_t i = 0; i < in.parts.size(); ++i) {
    const int channels = at(in.parts[i]).out.channels;
    const auto count = static_cast<std::size_t>(channels);
    const QonnxValue part{QonnxKind::codes, in.parts[i], all(count, in.gain[0]), all(count, 0)};
    const std::string name = fmt::format("{}.part{}", without_suffix(node.input(1)), i + 1);
    const QonnxValue made = convolved(node, name, part, inputs_of(weights, first, channels), geometry);
    sum = i == 0 ? made : this->sum(node, made, sum);
    first += channels;
  }
  return sum;
}

/// Of each output channel, all of whose weights have it.
std::vector<Real> QonnxGraph::magnitudes(const NodeProto& node, const Constant& weights) const {
  const auto outputs = static_cast<std::size_t>(weights.dims[0]);
  const std::size_t each = weights.values.size() / outputs;
  std::vector<Real> magnitude;
  for (std::size_t o = 0; o < outputs; ++o) {
    magnitude.push_back(std::fabs(weights.values[o * each]));
    for (std::size_t i = o * each; i < (o + 1) * each; ++i)
      if (magnitude[o] == 0 || !is_same_scale(std::fabs(weights.values[i]), magnitude[o]))
        file_.refuse(
            node,
            fmt::format("its weights are not binary: output channel {} has {} and {}; BipolarQuant makes them +-scale",
                        o, static_cast<double>(magnitude[o]), weights.values[i]));
  }
  return magnitude;
}

QonnxValue QonnxGraph::concatenated(const NodeProto& node, const std::vector<QonnxValue>& in) const {
  QonnxValue made = in[0];
  made.kind = QonnxKind::concatenated;
  made.node = -1;
  made.parts.clear();
  made.gain.clear();
  made.shift.clear();
  for (const QonnxValue& each : in) {
    if (each.layout != in[0].layout) file_.refuse(node, "concatenates [N,C,H,W] and [N,H,W,C]");
    if (!is_same_scale(each.gain[0], in[0].gain[0]))
      file_.refuse(node, fmt::format("concatenates codes of two scales, {} and {}: all must have one, that of one "
                                     "quantizer that they share",
                                     static_cast<double>(in[0].gain[0]), static_cast<double>(each.gain[0])));
    const std::vector<int> parts = each.nodes();
    require_concatenable(file_, node, made.parts.size() + parts.size(), made.channels() + each.channels());
    made.parts.insert(made.parts.end(), parts.begin(), parts.end());
    made.gain.insert(made.gain.end(), each.channels(), in[0].gain[0]);
    made.shift.insert(made.shift.end(), each.channels(), 0);
  }
  for (const int part : made.parts)
    if (const Shape& a = at(made.parts[0]).out, &b = at(part).out; a.height != b.height || a.width != b.width)
      file_.refuse(node, fmt::format("concatenates maps of {}x{} and {}x{}; all must have the same height and width",
                                     a.height, a.width, b.height, b.width));
  return made;
}

QonnxValue QonnxGraph::fully_connected(const NodeProto& node, const QonnxValue& in, const Constant& weights) {
  if (weights.dims[1] != static_cast<std::int64_t>(in.channels()) || weights.dims[0] < 1 ||
      weights.dims[0] > most_channels)
    file_.refuse(node, fmt::format("its weights have {} inputs, it has {}", weights.dims[1], in.channels()));
  Node geometry;
  geometry.kernel = 1;
  QonnxValue value = in.parts.empty() ? convolved(node, without_suffix(node.input(1)), in, weights, geometry)
                                      : over_parts(node, in, weights, geometry);
  value = pooled(node, value);
  value.layout = Layout::flat;
  return value;
}

}  // namespace ernsim::workloads
