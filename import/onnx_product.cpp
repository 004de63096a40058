#include "import/onnx_product.h"

#include <fmt/format.h>

#include <cmath>

#include "import/onnx_convolution.h"
#include "import/onnx_names.h"
#include "import/onnx_result.h"
#include "import/onnx_scaling.h"
#include "import/onnx_sum.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

struct Weights {
  OnnxWeight from;
  const onnx::TensorProto* tensor = nullptr;
  std::vector<double> floats = {};
  std::vector<double> magnitude = {};  ///< by output channel
};

Weights weights_of(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  const OnnxWeight* const from = build.weight(file.input(node, 1));
  if (from == nullptr) file.refuse(node, "its weights do not come from a binary quantizer");
  Weights weights{*from};
  weights.floats = file.values(*from->quantizer, 0, &weights.tensor);
  return weights;
}

std::vector<double> magnitude_of(const OnnxFile& file, const NodeProto& node, const Weights& weights, int channels) {
  if (!weights.from.power_of_two) return mean_magnitude(file, node, weights.floats, channels);
  return std::vector<double>(static_cast<std::size_t>(channels), 1 / file.number(*weights.from.quantizer, 1));
}

/// The channels of the nodes that a product reads must be those of its weights.
void require_channels(OnnxBuild& build, const NodeProto& node, const std::vector<int>& inputs, const Weights& weights) {
  const OnnxFile& file = build.file();
  const auto& dims = weights.tensor->dims();
  int channels = 0;
  for (const int input : inputs) channels += build.at(input).out.channels;
  if (dims[1] != channels)
    file.refuse(node, fmt::format("its weights '{}' have the shape {}, but its input has {} channels",
                                  weights.tensor->name(), shape_text(*weights.tensor), channels));
  if (dims[0] < 1 || dims[0] > most_channels)
    file.refuse(node, fmt::format("has {} output channels, may have 1 to {}", dims[0], most_channels));
}

/// A convolution of one of the nodes whose channels follow each other in the input, `first` of them before its own.
int push_part(OnnxBuild& build, const NodeProto& node, const std::string& name, int input, const Weights& weights,
              int first, const Node& geometry) {
  const int outputs = static_cast<int>(weights.tensor->dims(0)), channels = build.at(input).out.channels;
  const int made = build.push(node, NodeKind::convolution, name, {input}, outputs);
  build.at(made).kernel = geometry.kernel;
  build.at(made).stride = geometry.stride;
  build.at(made).padding = geometry.padding;
  build.at(made).dilation = geometry.dilation;
  const auto floats = inputs_of(weights.floats, weights.tensor->dims(1), geometry.kernel, first, channels);
  Parameters& parameters = build.made().parameters;
  parameters.signs[static_cast<std::size_t>(made)] =
      signs_of(build.file(), node, floats, outputs, channels, geometry.kernel);
  parameters.magnitude[static_cast<std::size_t>(made)] = weights.magnitude;
  return made;
}

/// The convolution, called after its weights; or the sum of those of the parts, each of which completes the sum with
/// those before it.
OnnxValue push_convolution(OnnxBuild& build, const NodeProto& node, const std::vector<int>& inputs, Weights weights,
                           const Node& geometry) {
  require_channels(build, node, inputs, weights);
  weights.magnitude = magnitude_of(build.file(), node, weights, static_cast<int>(weights.tensor->dims(0)));
  const std::string name = without_suffix(build.file().input(*weights.from.quantizer, 0));
  if (inputs.size() == 1)
    return {OnnxKind::accumulators, push_part(build, node, name, inputs[0], weights, 0, geometry)};
  int sum = -1;
  int first = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const int part = push_part(build, node, fmt::format("{}.part{}", name, i + 1), inputs[i], weights, first, geometry);
    sum = i == 0 ? part : push_sum(build, node, {part, sum});
    first += build.at(inputs[i]).out.channels;
  }
  return {OnnxKind::sums, sum};
}

}  // namespace

void read_weight_quantizer(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  const bool power_of_two = node.op_type() == "BinaryPower2ScalingQuantizer";
  if (power_of_two && !(file.number(node, 1) > 0 && std::isfinite(file.number(node, 1))))
    file.refuse(node, fmt::format("p is {}, must be above 0", file.number(node, 1)));
  build.note_scope(node);
  build.produce(node, OnnxWeight{&node, power_of_two});
}

void read_convolution(OnnxBuild& build, const NodeProto& node) {
  const OnnxValue in = build.value(node, 0, {OnnxKind::codes, OnnxKind::concatenated});
  const Weights weights = weights_of(build, node);
  Node geometry;
  read_geometry(build.file(), node, *weights.tensor, geometry);
  OnnxValue result = push_convolution(build, node, in.nodes(), weights, geometry);
  if (node.input_size() > 2 && !node.input(2).empty())
    result.affine = shifted({}, channel_constant(build, node, 2, result.node));
  build.produce(node, std::move(result));
}

void read_fully_connected(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  if (file.integers(node, "transB") != std::vector<std::int64_t>{1})
    file.refuse(node, "transB must be 1: weights are [out,in]");
  const OnnxValue in = build.value(node, 0, {OnnxKind::pooled_codes});
  const Weights weights = weights_of(build, node);
  if (weights.tensor->dims_size() != 2)
    file.refuse(node, fmt::format("its weights '{}' have the shape {}, must be [out,in]", weights.tensor->name(),
                                  shape_text(*weights.tensor)));
  if (node.input_size() > 2 && !node.input(2).empty())
    for (const double each : file.values(node, 2))
      if (each != 0) file.refuse(node, "has a bias; results are integers times a scale");
  Node geometry;
  geometry.kernel = 1;
  const OnnxValue made = push_convolution(build, node, in.nodes(), weights, geometry);
  if (made.kind == OnnxKind::accumulators) build.at(made.node).role = ConvolutionRole::logits;
  produce_pooled(build, node, made.node);
}

}  // namespace ernsim::workloads
