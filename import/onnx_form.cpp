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
  static const std::map<std::string, Form> all{{"lm::PixelEmbeddingV3",
                                                {3,
                                                 {{"k", {Attribute::INT, 2}},
                                                  {"max_val", {Attribute::INT, 255}},
                                                  {"out_channels_list", {Attribute::INTS, {}}}}}},
                                               {"lm::BinaryChannelWiseMeanScalingQuantizer", {1, {}}},
                                               {"lm::BinaryPower2ScalingQuantizer", {2, {}}},
                                               {"lm::LinearMidTreadHalfV2", {7, {}}},
                                               {"Conv",
                                                {2,
                                                 {{"auto_pad", {Attribute::STRING, {}}},
                                                  {"dilations", {Attribute::INTS, 1}},
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
                                               {"GlobalAveragePool", {1, {}}},
                                               {"Flatten", {1, {{"axis", {Attribute::INT, 1}}}}},
                                               {"Identity", {1, {}}},
                                               {"Constant", {0, {{"value", {Attribute::TENSOR, {}}}}}}};
  return all;
}

bool has_value(const Attribute& attribute, std::int64_t wanted) {
  if (attribute.type() == Attribute::INT) return attribute.i() == wanted;
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
    file.refuse(node,
                "operation is not supported; an ERN has Conv, BatchNormalization, Add, GlobalAveragePool, Flatten, "
                "Identity and the quantizers of domain lm");
  for (const auto& attribute : node.attribute()) check_attribute(file, node, attribute, form->second);
  const int inputs = form->second.inputs;
  for (int i = inputs; i < node.input_size(); ++i)
    if (!node.input(i).empty())  // an optional one may be left out by name
      file.refuse(
          node, fmt::format("has an input {}{}, must have {}", i, node.op_type() == "Conv" ? ", a bias" : "", inputs));
  if (node.output_size() < 1 || node.output(0).empty()) file.refuse(node, "has no output");
  for (int i = 1; i < node.output_size(); ++i)
    if (!node.output(i).empty())
      file.refuse(node, fmt::format("has a second output '{}'{}", node.output(i),
                                    node.op_type() == "BatchNormalization" ? ": it is in training mode" : ""));
}

}  // namespace ernsim::workloads
