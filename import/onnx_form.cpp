#include "import/onnx_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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

/// Those without a value are read by the importer, but momentum, which matters in training only.
const std::map<std::string, Form>& forms() {
  static const std::map<std::string, Form> all{
      {"lm::PixelEmbeddingV3",
       {3,
        {{"k", {Attribute::INT, 2}},
         {"max_val", {Attribute::INT, 255}},
         {"out_channels_list", {Attribute::INTS, {}}}}}},
      {"lm::BinaryChannelWiseMeanScalingQuantizer", {1, {}}},
      {"lm::BinaryPower2ScalingQuantizer", {2, {}}},
      {"lm::LinearMidTreadHalfV2", {7, {}}},
      {"Conv",
       {3,
        {{"auto_pad", {Attribute::STRING, {}}},
         {"dilations", {Attribute::INTS, {}}},
         {"group", {Attribute::INT, 1}},
         {"kernel_shape", {Attribute::INTS, {}}},
         {"pads", {Attribute::INTS, {}}},
         {"strides", {Attribute::INTS, {}}}}}},
      {"BatchNormalization",
       {5,
        {{"epsilon", {Attribute::FLOAT, {}}},
         {"momentum", {Attribute::FLOAT, {}}},
         {"spatial", {Attribute::INT, 1}},
         {"training_mode", {Attribute::INT, 0}}}}},
      {"Add", {2, {}}},
      {"Sub", {2, {}}},
      {"Mul", {2, {}}},
      {"Div", {2, {}}},
      {"Gemm",
       {3,
        {{"alpha", {Attribute::FLOAT, 1}},
         {"beta", {Attribute::FLOAT, 1}},
         {"transA", {Attribute::INT, 0}},
         {"transB", {Attribute::INT, 1}}}}},
      {"Dropout", {3, {{"ratio", {Attribute::FLOAT, {}}}, {"seed", {Attribute::INT, {}}}}}},
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
  if (attribute.type() != type && attribute.type() != Attribute::UNDEFINED)
    file.refuse(node,
                fmt::format("attribute '{}' is of type {}, must be {}", attribute.name(),
                            Attribute::AttributeType_Name(attribute.type()), Attribute::AttributeType_Name(type)));
  if (value && !has_value(attribute, *value)) file.refuse(node, fmt::format("{} must be {}", attribute.name(), *value));
  if (type == Attribute::STRING && attribute.s() != "NOTSET")
    file.refuse(node, fmt::format("{} must be NOTSET", attribute.name()));
}

}  // namespace

std::string operation_of(const onnx::NodeProto& node) {
  return (node.domain().empty() || node.domain() == "ai.onnx" ? "" : node.domain() + "::") + node.op_type();
}

void require_form(const OnnxFile& file, const onnx::NodeProto& node) {
  const auto form = forms().find(operation_of(node));
  if (form == forms().end())
    file.refuse(
        node,
        "operation is not supported: the hardware convolves, adds and compares with thresholds, and the host pools; "
        "there are Conv, BatchNormalization, Add, Sub, Mul, Div, GlobalAveragePool, Flatten, Gemm, Identity, "
        "Dropout and the quantizers of domain lm");
  for (const auto& attribute : node.attribute()) check_attribute(file, node, attribute, form->second);
  const int inputs = form->second.inputs;
  for (int i = inputs; i < node.input_size(); ++i)
    if (!node.input(i).empty())  // an optional one may be left out by name
      file.refuse(node, fmt::format("has an input {}, may have {}", i, inputs));
  if (node.op_type() == "Gemm" && file.integers(node, "transB") != std::vector<std::int64_t>{1})
    file.refuse(node, "transB must be 1: weights are [out,in]");
  if (node.output_size() < 1 || node.output(0).empty()) file.refuse(node, "has no output");
  for (int i = 1; i < node.output_size(); ++i)
    if (!node.output(i).empty())
      file.refuse(node, fmt::format("has a second output '{}'{}", node.output(i),
                                    node.op_type() == "BatchNormalization" ? ": it is in training mode" : ""));
}

}  // namespace ernsim::workloads
