#include "import/onnx_product.h"

#include <fmt/format.h>

#include <cmath>

#include "import/onnx_convolution.h"
#include "import/onnx_names.h"
#include "import/onnx_result.h"
#include "import/onnx_scaling.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

constexpr std::int64_t most_channels = 65536;

struct Weights {
  OnnxWeight from;
  const onnx::TensorProto* tensor = nullptr;
  std::vector<double> floats = {};
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

int push_convolution(OnnxBuild& build, const NodeProto& node, int input, const Weights& weights, const Node& geometry) {
  const OnnxFile& file = build.file();
  const auto& dims = weights.tensor->dims();
  if (dims[1] != build.at(input).out.channels)
    file.refuse(node, fmt::format("its weights '{}' have the shape {}, but its input has {} channels",
                                  weights.tensor->name(), shape_text(*weights.tensor), build.at(input).out.channels));
  if (dims[0] < 1 || dims[0] > most_channels)
    file.refuse(node, fmt::format("has {} output channels, may have 1 to {}", dims[0], most_channels));
  const int channels = static_cast<int>(dims[0]);
  const std::string name = without_suffix(file.input(*weights.from.quantizer, 0));
  const int made = build.push(node, NodeKind::convolution, name, {input}, channels);
  build.at(made).kernel = geometry.kernel;
  build.at(made).stride = geometry.stride;
  build.at(made).padding = geometry.padding;
  Parameters& parameters = build.made().parameters;
  const auto i = static_cast<std::size_t>(made);
  parameters.signs[i] = signs_of(file, node, weights.floats, channels, static_cast<int>(dims[1]), geometry.kernel);
  parameters.magnitude[i] = magnitude_of(file, node, weights, channels);
  return made;
}

}  // namespace

void read_weight_quantizer(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  const bool power_of_two = node.op_type() == "BinaryPower2ScalingQuantizer";
  if (power_of_two && !(file.number(node, 1) > 0 && std::isfinite(file.number(node, 1))))
    file.refuse(node, fmt::format("p is {}, must be above 0", file.number(node, 1)));
  build.produce(node, OnnxWeight{&node, power_of_two});
}

void read_convolution(OnnxBuild& build, const NodeProto& node) {
  const OnnxValue in = build.value(node, 0, {OnnxKind::codes});
  const Weights weights = weights_of(build, node);
  Node geometry;
  read_geometry(build.file(), node, *weights.tensor, geometry);
  const int made = push_convolution(build, node, in.node, weights, geometry);
  OnnxValue result{OnnxKind::accumulators, made};
  if (node.input_size() > 2 && !node.input(2).empty())
    result.affine = shifted({}, channel_constant(build, node, 2, made));
  build.produce(node, std::move(result));
}

void read_fully_connected(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
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
  const int made = push_convolution(build, node, in.node, weights, geometry);
  build.at(made).role = ConvolutionRole::logits;
  produce_pooled(build, node, made);
}

}  // namespace ernsim::workloads
