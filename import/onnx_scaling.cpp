#include "import/onnx_scaling.h"

#include <fmt/format.h>

#include <cmath>

#include "import/onnx_names.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

/// The decimal number a float was written as: 1e-5, not 9.99999975e-6.
double decimal(float value) { return std::stod(fmt::format("{}", value)); }

/// The value that an operation with a constant changes, and what it then is.
template <class Change>
void change(OnnxBuild& build, const NodeProto& node, const Change& by) {
  const OnnxFile& file = build.file();
  const int constant = file.is_constant(file.input(node, 0)) ? 0 : 1;
  if (!file.is_constant(file.input(node, constant)))
    file.refuse(node, "one of its inputs must be an initializer or a constant");
  OnnxValue in = build.value(node, 1 - constant, {OnnxKind::accumulators, OnnxKind::sums, OnnxKind::normalised});
  const std::vector<double> numbers = channel_constant(build, node, constant, in.node);
  if (in.kind == OnnxKind::normalised)
    in.norm = std::make_shared<BatchNorm>(before(by({}, numbers, constant), *in.norm));
  else
    in.affine = by(std::move(in.affine), numbers, constant);
  build.produce(node, std::move(in));
}

void check_norm(const OnnxFile& file, const NodeProto& node, const BatchNorm& norm, std::size_t channels) {
  for (const auto* each : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance}) {
    if (each->size() != channels)
      file.refuse(node, fmt::format("has {} parameters for {} channels", each->size(), channels));
    for (const double number : *each)
      if (!std::isfinite(number)) file.refuse(node, "has a parameter that is not finite");
  }
  if (!std::isfinite(norm.epsilon)) file.refuse(node, "has an epsilon that is not finite");
  for (const double variance : norm.variance)
    if (!(variance + norm.epsilon > 0)) file.refuse(node, "has a variance below zero");
}

BatchNorm norm_of(const OnnxFile& file, const NodeProto& node, std::size_t channels) {
  BatchNorm norm;
  norm.gamma = file.values(node, 1);
  norm.beta = file.values(node, 2);
  norm.mean = file.values(node, 3);
  norm.variance = file.values(node, 4);
  for (const auto& attribute : node.attribute())
    if (attribute.name() == "epsilon") norm.epsilon = decimal(attribute.f());
  check_norm(file, node, norm, channels);
  return norm;
}

}  // namespace

std::vector<double> channel_constant(OnnxBuild& build, const NodeProto& node, int index, int graph_node) {
  const OnnxFile& file = build.file();
  const onnx::TensorProto* tensor = nullptr;
  std::vector<double> numbers = file.values(node, index, &tensor);
  const std::size_t channels = build.channels_of(graph_node);
  const auto& dims = tensor->dims();
  const bool per_channel = node.op_type() == "Conv"
                               ? dims.size() == 1
                               : dims.size() >= 3 && dims[dims.size() - 1] == 1 && dims[dims.size() - 2] == 1;
  if (numbers.size() == 1) numbers.assign(channels, numbers[0]);
  if (numbers.size() != channels || (tensor->dims_size() > 0 && channels > 1 && !per_channel && dims[0] != 1))
    file.refuse(node, fmt::format("input {} has the shape {}, must be one number or one for each of {} channels", index,
                                  shape_text(*tensor), channels));
  for (const double each : numbers)
    if (!std::isfinite(each)) file.refuse(node, fmt::format("input {} holds a value that is not finite", index));
  return numbers;
}

void read_scale(OnnxBuild& build, const NodeProto& node) {
  const bool divide = node.op_type() == "Div";
  change(build, node, [&](Affine affine, std::vector<double> factors, int constant) {
    if (divide && constant == 0) build.file().refuse(node, "divides by what it is given");
    for (double& each : factors) {
      if (divide && each == 0) build.file().refuse(node, "divides by 0");
      each = divide ? 1 / each : each;
    }
    return scaled(std::move(affine), factors);
  });
}

void read_shift(OnnxBuild& build, const NodeProto& node) {
  const bool subtract = node.op_type() == "Sub";
  change(build, node, [&](Affine affine, std::vector<double> summands, int constant) {
    if (subtract && constant == 0) affine = scaled(std::move(affine), std::vector<double>(summands.size(), -1));
    if (subtract && constant == 1)
      for (double& each : summands) each = -each;
    return shifted(std::move(affine), summands);
  });
}

void read_batch_normalization(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  OnnxValue in = build.value(node, 0, {OnnxKind::accumulators, OnnxKind::sums, OnnxKind::normalised});
  BatchNorm norm = norm_of(file, node, build.channels_of(in.node));
  if (in.kind == OnnxKind::normalised) {
    in.norm = std::make_shared<BatchNorm>(before(affine_of(norm), *in.norm));
  } else {
    in.norm = std::make_shared<BatchNorm>(behind(in.affine, std::move(norm)));
    in.norm_name = build.module_name(node, 1);
  }
  in.kind = OnnxKind::normalised;
  in.affine = {};
  build.produce(node, std::move(in));
}

}  // namespace ernsim::workloads
