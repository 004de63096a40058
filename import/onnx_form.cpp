#include "import/onnx_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "import/onnx_shapes.h"

namespace ernsim::workloads {

namespace {

using Attribute = onnx::AttributeProto;

/// An attribute and, if only one is honoured, its value: of all elements of a list.
struct Allowed {
  Attribute::AttributeType type;
  std::optional<std::int64_t> value;
};

struct Form {
  int inputs;
  std::map<std::string, Allowed> attributes;
};

using Attributes = std::map<std::string, Allowed>;
using Forms = std::map<std::string, Form>;

const Attributes convolution{{"auto_pad", {Attribute::STRING, {}}}, {"dilations", {Attribute::INTS, {}}},
                             {"group", {Attribute::INT, 1}},        {"kernel_shape", {Attribute::INTS, {}}},
                             {"pads", {Attribute::INTS, {}}},       {"strides", {Attribute::INTS, {}}}};

/// momentum matters in training only.
const Attributes batch_normalization{{"epsilon", {Attribute::FLOAT, {}}},
                                     {"momentum", {Attribute::FLOAT, {}}},
                                     {"spatial", {Attribute::INT, 1}},
                                     {"training_mode", {Attribute::INT, 0}}};

/// The others of Resize are for cubic interpolation, for cropping and for smaller maps.
const Attributes resize{{"antialias", {Attribute::INT, 0}},
                        {"coordinate_transformation_mode", {Attribute::STRING, {}}},
                        {"cubic_coeff_a", {Attribute::FLOAT, {}}},
                        {"exclude_outside", {Attribute::INT, {}}},
                        {"extrapolation_value", {Attribute::FLOAT, {}}},
                        {"keep_aspect_ratio_policy", {Attribute::STRING, {}}},
                        {"mode", {Attribute::STRING, {}}},
                        {"nearest_mode", {Attribute::STRING, {}}}};

/// So do ratio and seed of a Dropout.
const Forms& common_forms() {
  static const Forms all{{"Conv", {3, convolution}},
                         {"Concat", {static_cast<int>(most_parts), {{"axis", {Attribute::INT, {}}}}}},
                         {"BatchNormalization", {5, batch_normalization}},
                         {"Add", {2, {}}},
                         {"Sub", {2, {}}},
                         {"Mul", {2, {}}},
                         {"Div", {2, {}}},
                         {"Dropout", {3, {{"ratio", {Attribute::FLOAT, {}}}, {"seed", {Attribute::INT, {}}}}}},
                         {"Resize", {4, resize}},
                         {"Upsample", {2, {{"mode", {Attribute::STRING, {}}}}}},
                         {"GlobalAveragePool", {1, {}}},
                         {"Flatten", {1, {{"axis", {Attribute::INT, 1}}}}},
                         {"Identity", {1, {}}},
                         {"Constant",
                          {0,
                           {{"value", {Attribute::TENSOR, {}}},
                            {"value_float", {Attribute::FLOAT, {}}},
                            {"value_floats", {Attribute::FLOATS, {}}},
                            {"value_int", {Attribute::INT, {}}},
                            {"value_ints", {Attribute::INTS, {}}}}}}};
  return all;
}

Attributes product(std::optional<std::int64_t> transposed_weights) {
  return {{"alpha", {Attribute::FLOAT, 1}},
          {"beta", {Attribute::FLOAT, 1}},
          {"transA", {Attribute::INT, 0}},
          {"transB", {Attribute::INT, transposed_weights}}};
}

Forms with_common(Forms forms) {
  forms.insert(common_forms().begin(), common_forms().end());
  return forms;
}

/// Those without a value are read by the importer.
const Forms& official_forms() {
  static const Forms all = with_common({{"lm::PixelEmbeddingV3",
                                         {3,
                                          {{"k", {Attribute::INT, 2}},
                                           {"max_val", {Attribute::INT, 255}},
                                           {"out_channels_list", {Attribute::INTS, {}}}}}},
                                        {"lm::BinaryChannelWiseMeanScalingQuantizer", {1, {}}},
                                        {"lm::BinaryPower2ScalingQuantizer", {2, {}}},
                                        {"lm::LinearMidTreadHalfV2", {7, {}}},
                                        {"Gemm", {3, product(1)}}});
  return all;
}

/// Of an AveragePool only the kernel, which is the whole map, and pads matter; out_dtype tells a compiler how wide
/// codes are; saturate is of 8-bit floats.
const Forms& qonnx_forms() {
  static const Forms all =
      with_common({{"Quant",
                    {4,
                     {{"narrow", {Attribute::INT, {}}},
                      {"rounding_mode", {Attribute::STRING, {}}},
                      {"signed", {Attribute::INT, {}}}}}},
                   {"BipolarQuant", {2, {}}},
                   {"MultiThreshold",
                    {2,
                     {{"data_layout", {Attribute::STRING, {}}},
                      {"out_bias", {Attribute::FLOAT, {}}},
                      {"out_dtype", {Attribute::STRING, {}}},
                      {"out_scale", {Attribute::FLOAT, {}}}}}},
                   {"MatMul", {2, {}}},
                   {"Gemm", {3, product({})}},
                   {"Relu", {1, {}}},
                   {"Transpose", {1, {{"perm", {Attribute::INTS, {}}}}}},
                   {"AveragePool",
                    {1,
                     {{"auto_pad", {Attribute::STRING, {}}},
                      {"ceil_mode", {Attribute::INT, {}}},
                      {"count_include_pad", {Attribute::INT, {}}},
                      {"dilations", {Attribute::INTS, 1}},
                      {"kernel_shape", {Attribute::INTS, {}}},
                      {"pads", {Attribute::INTS, {}}},
                      {"strides", {Attribute::INTS, {}}}}}},
                   {"ReduceMean",
                    {2,
                     {{"axes", {Attribute::INTS, {}}},
                      {"keepdims", {Attribute::INT, {}}},
                      {"noop_with_empty_axes", {Attribute::INT, 0}}}}},
                   {"Reshape", {2, {{"allowzero", {Attribute::INT, 0}}}}},
                   {"Squeeze", {2, {{"axes", {Attribute::INTS, {}}}}}},
                   {"Cast", {1, {{"saturate", {Attribute::INT, {}}}, {"to", {Attribute::INT, {}}}}}}});
  return all;
}

bool has_value(const Attribute& attribute, std::int64_t wanted) {
  if (attribute.type() == Attribute::INT) return attribute.i() == wanted;
  if (attribute.type() == Attribute::FLOAT) return attribute.f() == static_cast<float>(wanted);
  return std::all_of(attribute.ints().begin(), attribute.ints().end(), [&](auto each) { return each == wanted; });
}

void check_attribute(const OnnxFile& file, const onnx::NodeProto& node, const Attribute& attribute, const Form& form) {
  const auto found = form.attributes.find(attribute.name());
  if (found == form.attributes.end())
    file.refuse(node, fmt::format("attribute '{}' is not supported", attribute.name()));
  const auto& [type, value] = found->second;
  if (attribute.type() != type)
    file.refuse(node,
                fmt::format("attribute '{}' is of type {}, must be {}", attribute.name(),
                            Attribute::AttributeType_Name(attribute.type()), Attribute::AttributeType_Name(type)));
  if (value && !has_value(attribute, *value)) file.refuse(node, fmt::format("{} must be {}", attribute.name(), *value));
  if (attribute.name() == "auto_pad" && attribute.s() != "NOTSET")
    file.refuse(node, "auto_pad must be NOTSET: with pads, which do not depend on the size of the picture");
}

/// Empty for an operation that only is not known.
const char* reason_of(const std::string& operation) {
  if (operation == "MaxPool" || operation == "GlobalMaxPool")
    return "takes the largest of several pixels, which no unit does: pixels are added up, and what is added up is "
           "compared "
           "with thresholds; a convolution with that stride fits";
  return "";
}

const char* refusal_of(OnnxDialect dialect, const std::string& operation) {
  if (const char* const reason = reason_of(operation); *reason != '\0') return reason;
  if (dialect == OnnxDialect::qonnx)
    return "operation cannot be lowered: the hardware convolves +-1 weights with 2-bit codes, adds sums and compares "
           "with "
           "thresholds; one that is linear may be folded before the export";
  return "operation is not supported: the hardware convolves, adds and compares with thresholds, and the host pools; "
         "there are Conv, Concat, BatchNormalization, Add, Sub, Mul, Div, Resize, Upsample, GlobalAveragePool, "
         "Flatten, "
         "Gemm, Identity, Dropout and the quantizers of domain lm";
}

void check_inputs(const OnnxFile& file, const onnx::NodeProto& node, int inputs) {
  for (int i = inputs; i < node.input_size(); ++i)
    if (!node.input(i).empty())  // an optional one may be left out by name
      file.refuse(node, fmt::format("has an input {}, may have {}", i, inputs));
  constexpr int training_mode = 2;
  if (node.op_type() == "Dropout" && node.input_size() > training_mode && !node.input(training_mode).empty() &&
      file.number(node, training_mode) != 0)
    file.refuse(node, "training_mode must be 0");
}

void check_outputs(const OnnxFile& file, const onnx::NodeProto& node) {
  if (node.output_size() < 1 || node.output(0).empty()) file.refuse(node, "has no output");
  for (int i = 1; i < node.output_size(); ++i)
    if (!node.output(i).empty())
      file.refuse(node, fmt::format("has a second output '{}'{}", node.output(i),
                                    node.op_type() == "BatchNormalization" ? ": it is in training mode" : ""));
}

}  // namespace

bool is_qonnx_quantizer(const onnx::NodeProto& node) {
  const std::string& type = node.op_type();
  if (type != "Quant" && type != "BipolarQuant" && type != "MultiThreshold") return false;
  if (node.domain().empty()) return true;
  const auto begins = [&node](const char* domain) { return node.domain().rfind(domain, 0) == 0; };
  return begins("qonnx.") || begins("finn.") || begins("onnx.brevitas");
}

std::string operation_of(const onnx::NodeProto& node) {
  const bool plain = node.domain().empty() || node.domain() == "ai.onnx" || is_qonnx_quantizer(node);
  return (plain ? "" : node.domain() + "::") + node.op_type();
}

void require_form(const OnnxFile& file, OnnxDialect dialect, const onnx::NodeProto& node) {
  const Forms& forms = dialect == OnnxDialect::qonnx ? qonnx_forms() : official_forms();
  const auto form = forms.find(operation_of(node));
  if (form == forms.end()) file.refuse(node, refusal_of(dialect, operation_of(node)));
  for (const auto& attribute : node.attribute()) check_attribute(file, node, attribute, form->second);
  check_inputs(file, node, form->second.inputs);
  check_outputs(file, node);
}

}  // namespace ernsim::workloads
