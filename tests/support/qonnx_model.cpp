#include "tests/support/qonnx_model.h"

namespace ernsim::test {

void set_integers(onnx::NodeProto& node, const std::string& name, const std::vector<std::int64_t>& values) {
  auto* made = node.add_attribute();
  made->set_name(name);
  made->set_type(onnx::AttributeProto::INTS);
  for (const auto value : values) made->add_ints(value);
}

void set_integer(onnx::NodeProto& node, const std::string& name, std::int64_t value) {
  auto* made = node.add_attribute();
  made->set_name(name);
  made->set_type(onnx::AttributeProto::INT);
  made->set_i(value);
}

void set_decimal(onnx::NodeProto& node, const std::string& name, float value) {
  auto* made = node.add_attribute();
  made->set_name(name);
  made->set_type(onnx::AttributeProto::FLOAT);
  made->set_f(value);
}

void set_text(onnx::NodeProto& node, const std::string& name, const std::string& value) {
  auto* made = node.add_attribute();
  made->set_name(name);
  made->set_type(onnx::AttributeProto::STRING);
  made->set_s(value);
}

QonnxModel::QonnxModel(int channels, int height, int width, bool last) {
  model.set_ir_version(8);
  model.add_opset_import()->set_version(13);
  auto* custom = model.add_opset_import();
  custom->set_domain("qonnx.custom_op.general");
  custom->set_version(1);
  auto* input = model.mutable_graph()->add_input();
  input->set_name("image");
  auto* type = input->mutable_type()->mutable_tensor_type();
  type->set_elem_type(onnx::TensorProto::FLOAT);
  const std::vector<int> dims =
      last ? std::vector<int>{1, height, width, channels} : std::vector<int>{1, channels, height, width};
  for (const int side : dims) type->mutable_shape()->add_dim()->set_dim_value(side);
}

std::string QonnxModel::tensor(const std::string& name, const std::vector<std::int64_t>& dims,
                               const std::vector<float>& values) {
  auto* made = model.mutable_graph()->add_initializer();
  made->set_name(name);
  made->set_data_type(onnx::TensorProto::FLOAT);
  for (const auto side : dims) made->add_dims(side);
  for (const float value : values) made->add_float_data(value);
  return name;
}

std::string QonnxModel::number(float value) { return tensor("number" + std::to_string(numbers_++), {}, {value}); }

std::string QonnxModel::integers(const std::vector<std::int64_t>& values) {
  auto* made = model.mutable_graph()->add_initializer();
  made->set_name("integers" + std::to_string(numbers_++));
  made->set_data_type(onnx::TensorProto::INT64);
  made->add_dims(static_cast<std::int64_t>(values.size()));
  for (const auto value : values) made->add_int64_data(value);
  return made->name();
}

onnx::NodeProto& QonnxModel::node(const std::string& type, const std::string& name,
                                  const std::vector<std::string>& inputs) {
  auto* made = model.mutable_graph()->add_node();
  made->set_op_type(type);
  made->set_name(name);
  if (type == "Quant" || type == "BipolarQuant" || type == "MultiThreshold")
    made->set_domain("qonnx.custom_op.general");
  for (const auto& input : inputs) made->add_input(input);
  made->add_output(name);
  return *made;
}

std::string QonnxModel::quant(const std::string& name, const std::string& input, float scale, float bits) {
  auto& made = node("Quant", name, {input, number(scale), number(0), number(bits)});
  set_integer(made, "signed", 0);
  set_integer(made, "narrow", 0);
  set_text(made, "rounding_mode", "ROUND");
  return name;
}

std::string QonnxModel::bipolar(const std::string& name, const std::string& weights, const std::string& scale) {
  node("BipolarQuant", name, {weights, scale});
  return name;
}

std::string QonnxModel::convolution(const std::string& name, const std::string& input, const std::string& weights,
                                    int kernel, int stride) {
  auto& made = node("Conv", name, {input, weights});
  set_integers(made, "kernel_shape", {kernel, kernel});
  set_integers(made, "strides", {stride, stride});
  const std::int64_t pad = kernel / 2;
  set_integers(made, "pads", {pad, pad, pad, pad});
  return name;
}

onnx::ModelProto& QonnxModel::finish(const std::string& output) {
  model.mutable_graph()->add_output()->set_name(output);
  return model;
}

}  // namespace ernsim::test
