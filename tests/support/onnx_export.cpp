#include "tests/support/onnx_export.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace ernsim::test {

namespace {

using workloads::Node;
using workloads::NodeKind;

class Exporter {
 public:
  Exporter(const workloads::Graph& graph, const workloads::Parameters& parameters)
      : graph_(graph), parameters_(parameters), out_(*model_.mutable_graph()) {}

  onnx::ModelProto run() {
    model_.set_ir_version(6);
    model_.add_opset_import()->set_version(11);
    auto* lm = model_.add_opset_import();
    lm->set_domain("lm");
    lm->set_version(2);
    auto* input = out_.add_input();
    input->set_name("image");
    auto* type = input->mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::UINT8);
    for (const int side : {1, 3, graph_.input_height, graph_.input_width})
      type->mutable_shape()->add_dim()->set_dim_value(side);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) write(i);
    out_.add_output()->set_name("logits");
    return std::move(model_);
  }

 private:
  const std::string& result(int node) const { return graph_.nodes[static_cast<std::size_t>(node)].name; }

  onnx::NodeProto& operation(const std::string& type, const std::string& name, std::vector<std::string> inputs,
                             const std::string& output, const std::string& domain = "") {
    auto* made = out_.add_node();
    made->set_op_type(type);
    made->set_name(name);
    made->set_domain(domain);
    for (auto& each : inputs) made->add_input(std::move(each));
    made->add_output(output);
    return *made;
  }

  static void integers(onnx::NodeProto& node, const std::string& name, const std::vector<std::int64_t>& values) {
    auto* made = node.add_attribute();
    made->set_name(name);
    made->set_type(onnx::AttributeProto::INTS);
    for (const auto value : values) made->add_ints(value);
  }

  static void integer(onnx::NodeProto& node, const std::string& name, std::int64_t value) {
    auto* made = node.add_attribute();
    made->set_name(name);
    made->set_type(onnx::AttributeProto::INT);
    made->set_i(value);
  }

  std::string tensor(const std::string& name, const std::vector<std::int64_t>& dims, const std::vector<float>& values) {
    auto* made = out_.add_initializer();
    made->set_name(name);
    made->set_data_type(onnx::TensorProto::FLOAT);
    for (const auto side : dims) made->add_dims(side);
    made->set_raw_data(values.data(), values.size() * sizeof(float));
    return name;
  }

  std::string constant(const std::string& name, float value) {
    auto& made = operation("Constant", name, {}, name + "_output");
    auto* attribute = made.add_attribute();
    attribute->set_name("value");
    attribute->set_type(onnx::AttributeProto::TENSOR);
    attribute->mutable_t()->set_data_type(onnx::TensorProto::FLOAT);
    attribute->mutable_t()->add_float_data(value);
    return name + "_output";
  }

  void write(std::size_t i) {
    const Node& node = graph_.nodes[i];
    switch (node.kind) {
      case NodeKind::pixel_embedding:
        return embedding(node);
      case NodeKind::convolution:
        return convolution(node, i);
      case NodeKind::activation:
        return activation(node, i);
      case NodeKind::add:
        operation("Add", "/" + node.name, {result(node.inputs[0]), result(node.inputs[1])}, node.name);
        return;
      case NodeKind::average_pool:
        operation("GlobalAveragePool", "/pool", {result(node.inputs[0])}, "pooled");
        operation("Flatten", "/flatten", {"pooled"}, "logits");
    }
  }

  void embedding(const Node& node) {
    const auto& codes = graph_.embedding;
    const auto count = static_cast<std::int64_t>(codes.size());
    std::vector<float> weight, bias;
    for (int colour = 0; colour < 3; ++colour)
      for (const auto& thresholds : codes) {
        const double range = thresholds[1] - thresholds[0];
        weight.push_back(static_cast<float>(1 / range));
        bias.push_back(static_cast<float>(thresholds[0] / range - 1 + 0.0001));
      }
    auto& made = operation("PixelEmbeddingV3", "/embedding",
                           {"image", tensor("embedding.weight", {1, 3, count, 1, 1}, weight),
                            tensor("embedding.bias", {1, 3, count, 1, 1}, bias)},
                           node.name, "lm");
    integer(made, "k", 2);
    integer(made, "max_val", 255);
    integers(made, "out_channels_list", {count, count, count});
  }

  void convolution(const Node& node, std::size_t i) {
    const auto& signs = parameters_.signs[i];
    const std::size_t per_channel = signs.fan_in();
    std::vector<float> weights;
    for (std::size_t w = 0; w < signs.size(); ++w) {
      const auto& scales = parameters_.magnitude[i];  // a residual convolution needs none
      const auto magnitude = scales.empty() ? 1.0F / 32 : static_cast<float>(scales[w / per_channel]);
      weights.push_back(signs.is_negative(w) ? -magnitude : magnitude);
    }
    const std::string name =
        tensor(node.name + ".weight", {signs.out_channels, signs.in_channels, node.kernel, node.kernel}, weights);
    const bool residual = node.role == workloads::ConvolutionRole::residual;
    std::vector<std::string> inputs{name};
    if (residual) inputs.push_back(constant("/" + node.name + "/p", 32));
    operation(residual ? "BinaryPower2ScalingQuantizer" : "BinaryChannelWiseMeanScalingQuantizer",
              "/" + node.name + "/quantizer", inputs, node.name + "/q", "lm");
    auto& made = operation("Conv", "/" + node.name, {result(node.inputs[0]), node.name + "/q"}, node.name);
    integers(made, "dilations", {1, 1});
    integer(made, "group", 1);
    integers(made, "kernel_shape", {node.kernel, node.kernel});
    integers(made, "pads", {node.padding.top, node.padding.left, node.padding.bottom, node.padding.right});
    integers(made, "strides", {node.stride, node.stride});
  }

  std::string channel_values(const std::string& name, const std::vector<double>& values) {
    return tensor(name, {static_cast<std::int64_t>(values.size())}, {values.begin(), values.end()});
  }

  void activation(const Node& node, std::size_t i) {
    const auto& norm = parameters_.batch_norm[i];
    const std::string& bn = node.batch_norm;
    auto& made = operation(
        "BatchNormalization", "/" + bn,
        {result(node.inputs[0]), channel_values(bn + ".weight", norm.gamma), channel_values(bn + ".bias", norm.beta),
         channel_values(bn + ".running_mean", norm.mean), channel_values(bn + ".running_var", norm.variance)},
        bn + "/y");
    auto* epsilon = made.add_attribute();
    epsilon->set_name("epsilon");
    epsilon->set_type(onnx::AttributeProto::FLOAT);
    epsilon->set_f(static_cast<float>(norm.epsilon));
    const std::string at = "/" + node.name;
    const std::vector<std::string> inputs{bn + "/y",
                                          constant(at + "/min", 0),
                                          constant(at + "/max", 3),
                                          constant(at + "/scale1", 1.5F),
                                          constant(at + "/scale2", static_cast<float>(node.quantizer.step)),
                                          constant(at + "/beta1", 0),
                                          constant(at + "/beta2", 0)};
    operation("LinearMidTreadHalfV2", at, inputs, node.name, "lm");
  }

  const workloads::Graph& graph_;
  const workloads::Parameters& parameters_;
  onnx::ModelProto model_;
  onnx::GraphProto& out_;
};

template <class Range>
auto& named(Range& range, const std::string& name) {
  for (auto& each : range)
    if (each.name() == name) return each;
  throw std::runtime_error("the model has no " + name);
}

}  // namespace

onnx::ModelProto export_onnx(const workloads::Graph& graph, const workloads::Parameters& parameters) {
  return Exporter(graph, parameters).run();
}

onnx::NodeProto& node_of(onnx::ModelProto& model, const std::string& name) {
  return named(*model.mutable_graph()->mutable_node(), name);
}

onnx::TensorProto& initializer_of(onnx::ModelProto& model, const std::string& name) {
  return named(*model.mutable_graph()->mutable_initializer(), name);
}

OnnxOnDisk::OnnxOnDisk(const std::string& bytes) {
  static int count = 0;
  const std::string name = "ernsim_" + std::to_string(::getpid()) + "_" + std::to_string(count++) + ".onnx";
  path_ = (std::filesystem::temp_directory_path() / name).string();
  std::ofstream(path_, std::ios::binary) << bytes;
}

OnnxOnDisk::~OnnxOnDisk() { std::filesystem::remove(path_); }

}  // namespace ernsim::test
