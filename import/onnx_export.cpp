#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "import/onnx_embedding.h"
#include "import/onnx_names.h"
#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

double single(double number) { return static_cast<double>(static_cast<float>(number)); }

BatchNorm rounded(BatchNorm norm) {
  for (auto* numbers : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance})
    for (double& each : *numbers) each = single(each);
  return norm;
}

constexpr std::int32_t beyond = 1 << 16;  ///< every sum of 16 bits

/// For every sum of 16 bits.
bool same_codes(const ChannelThresholds& a, const ChannelThresholds& b) {
  const auto held = [](std::int32_t threshold) { return std::clamp(threshold, -beyond, beyond); };
  return a.direction == b.direction &&
         std::equal(std::begin(a.thresholds), std::end(a.thresholds), std::begin(b.thresholds),
                    [&](auto x, auto y) { return held(x) == held(y); });
}

/// Moves the channel's mean by as little as gives the thresholds that are wanted; false if nothing near does.
bool find_mean(BatchNorm& norm, std::size_t channel, double scale, const ChannelThresholds& wanted,
               const Quantizer& quantizer) {
  constexpr int most_steps = 500;
  constexpr double step = 1e-3;  // of a sum's unit
  const double mean = norm.mean[channel];
  for (int i = 0; i <= most_steps; ++i)
    for (const int sign : {1, -1}) {
      norm.mean[channel] = single(mean + sign * i * step * scale);
      if (same_codes(fold_channel(norm, channel, scale, quantizer), wanted)) return true;
    }
  return false;
}

/// weight * x - bias, which is cut to whole numbers.
struct Line {
  float weight = 0, bias = 0;
};

/// One that passes 1, 2 and 3 right behind the thresholds; first the official library's.
Line line_of(const EmbeddingThresholds& thresholds, const Node& embedding) {
  const double first = thresholds[0], step = thresholds[1] - first, mean_step = (thresholds[2] - first) / 2;
  constexpr double behind = 0.5;  // between the threshold and the next colour value
  for (const auto& [weight, bias] :
       {std::pair(1 / step, first / step - 1 + 0.0001), std::pair(1 / mean_step, (first + behind) / mean_step - 1),
        std::pair(1 / (mean_step + 0.1), (first + behind) / (mean_step + 0.1) - 1),
        std::pair(1 / (mean_step - 0.1), (first + behind) / (mean_step - 0.1) - 1)}) {
    const Line line{static_cast<float>(weight), static_cast<float>(bias)};
    if (line.weight > 0 && std::isfinite(line.weight) && std::isfinite(line.bias) &&
        thresholds_of(single(weight), single(bias)) == thresholds)
      return line;
  }
  throw WorkloadError(fmt::format("{}: no weight and bias give the thresholds {}, {} and {}", embedding.name,
                                  thresholds[0], thresholds[1], thresholds[2]));
}

class Exporter {
 public:
  explicit Exporter(const ImportedNetwork& network)
      : graph_(network.graph),
        exact_(network.parameters),
        parameters_(network.parameters),
        out_(*model_.mutable_graph()) {
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
      for (double& each : parameters_.magnitude[i]) each = as_read(each, graph_.nodes[i], i);
    for (const Node& node : graph_.nodes) taken_.insert(node.name);
    image_ = free_name("image");
  }

  onnx::ModelProto run() {
    check_one_pooling();
    model_.set_ir_version(6);
    model_.add_opset_import()->set_version(11);
    auto* lm = model_.add_opset_import();
    lm->set_domain("lm");
    lm->set_version(2);
    auto* input = out_.add_input();
    input->set_name(image_);
    auto* type = input->mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::UINT8);
    const int channels = reads_codes(graph_) ? graph_.nodes[0].out.channels : graph_.colours;
    for (const int side : {1, channels, graph_.input_height, graph_.input_width})
      type->mutable_shape()->add_dim()->set_dim_value(side);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) write(i);
    return std::move(model_);
  }

 private:
  /// What reads the file does one, and it has one name.
  void check_one_pooling() const {
    bool found = false;
    for (const Node& node : graph_.nodes) {
      if (node.kind != NodeKind::average_pool) continue;
      if (found) throw WorkloadError(fmt::format("{}: is a second pooled result; the host does one", node.name));
      found = true;
    }
  }

  /// For a tensor, or a module whose tensors begin with it, that is no node's.
  std::string free_name(const std::string& wanted) { return unique_name(taken_, wanted); }

  const std::string& result(int node) const {
    const Node& made = graph_.nodes[static_cast<std::size_t>(node)];
    return made.kind == NodeKind::code_input ? image_ : made.name;
  }

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
    made->set_name(free_name(name));
    made->set_data_type(onnx::TensorProto::FLOAT);
    for (const auto side : dims) made->add_dims(side);
    made->set_raw_data(values.data(), values.size() * sizeof(float));
    return made->name();
  }

  std::string constant(const std::string& name, float value) {
    auto& made = operation("Constant", name, {}, free_name(name + "_output"));
    auto* attribute = made.add_attribute();
    attribute->set_name("value");
    attribute->set_type(onnx::AttributeProto::TENSOR);
    attribute->mutable_t()->set_data_type(onnx::TensorProto::FLOAT);
    attribute->mutable_t()->add_float_data(value);
    return made.output(0);
  }

  void write(std::size_t i) {
    const Node& node = graph_.nodes[i];
    switch (node.kind) {
      case NodeKind::pixel_embedding:
        return embedding(node);
      case NodeKind::code_input:
        return;  // the file's input
      case NodeKind::convolution:
        return convolution(node, i);
      case NodeKind::activation:
        return activation(node, i);
      case NodeKind::add:
        operation("Add", "/" + node.name, {result(node.inputs[0]), result(node.inputs[1])}, node.name);
        return;
      case NodeKind::average_pool:
        return average_pool(node);
      case NodeKind::upsampling:
        return upsampling(node);
    }
  }

  void average_pool(const Node& node) {
    const std::string pooled = free_name("pooled"), logits = free_name("logits");
    operation("GlobalAveragePool", "/pool", {result(node.inputs[0])}, pooled);
    operation("Flatten", "/flatten", {pooled}, logits);
    out_.add_output()->set_name(logits);
  }

  static void text(onnx::NodeProto& node, const std::string& name, const std::string& value) {
    auto* made = node.add_attribute();
    made->set_name(name);
    made->set_type(onnx::AttributeProto::STRING);
    made->set_s(value);
  }

  void upsampling(const Node& node) {
    const auto times = static_cast<float>(node.repetition);
    const std::string scales = tensor(node.name + ".scales", {4}, {1, 1, times, times});
    auto& made = operation("Resize", "/" + node.name, {result(node.inputs[0]), "", scales}, node.name);
    text(made, "coordinate_transformation_mode", "asymmetric");
    text(made, "mode", "nearest");
    text(made, "nearest_mode", "floor");
  }

  void embedding(const Node& node) {
    const auto& codes = graph_.embedding;
    const auto count = static_cast<std::int64_t>(codes.size());
    std::vector<float> weight, bias;
    for (int colour = 0; colour < graph_.colours; ++colour)
      for (const auto& thresholds : codes) {
        const Line line = line_of(thresholds, node);
        weight.push_back(line.weight);
        bias.push_back(line.bias);
      }
    const std::vector<std::int64_t> dims{1, graph_.colours, count, 1, 1};
    const std::string weights = tensor("embedding.weight", dims, weight), biases = tensor("embedding.bias", dims, bias);
    auto& made = operation("PixelEmbeddingV3", "/embedding", {image_, weights, biases}, node.name, "lm");
    integer(made, "k", 2);
    integer(made, "max_val", 255);
    integers(made, "out_channels_list", std::vector<std::int64_t>(static_cast<std::size_t>(graph_.colours), count));
  }

  /// Officially residual convolutions have one scale for all channels, a fraction 1/p.
  bool has_one_scale(const Node& node, std::size_t i) const {
    const auto& scales = exact_.magnitude[i];
    return node.role == ConvolutionRole::residual &&
           std::count(scales.begin(), scales.end(), scales[0]) == node.out.channels;
  }

  /// What the file's single-precision numbers make of a weight's scale.
  double as_read(double magnitude, const Node& node, std::size_t i) const {
    if (!has_one_scale(node, i)) return static_cast<double>(static_cast<float>(magnitude));
    return 1 / static_cast<double>(static_cast<float>(1 / magnitude));
  }

  void convolution(const Node& node, std::size_t i) {
    const auto& signs = parameters_.signs[i];
    const auto& scales = parameters_.magnitude[i];
    const std::size_t per_channel = signs.fan_in();
    std::vector<float> weights;
    for (std::size_t w = 0; w < signs.size(); ++w) {
      const auto magnitude = static_cast<float>(scales[w / per_channel]);
      weights.push_back(signs.is_negative(w) ? -magnitude : magnitude);
    }
    const std::string quantized = free_name(node.name + "/q"),
                      name = tensor(node.name + ".weight",
                                    {signs.out_channels, signs.in_channels, node.kernel, node.kernel}, weights);
    const bool one_scale = has_one_scale(node, i);
    std::vector<std::string> inputs{name};
    if (one_scale) inputs.push_back(constant("/" + node.name + "/p", static_cast<float>(1 / exact_.magnitude[i][0])));
    operation(one_scale ? "BinaryPower2ScalingQuantizer" : "BinaryChannelWiseMeanScalingQuantizer",
              "/" + node.name + "/quantizer", inputs, quantized, "lm");
    auto& made = operation("Conv", "/" + node.name, {result(node.inputs[0]), quantized}, node.name);
    integers(made, "dilations", {node.dilation.rows, node.dilation.columns});
    integer(made, "group", 1);
    integers(made, "kernel_shape", {node.kernel, node.kernel});
    integers(made, "pads", {node.padding.top, node.padding.left, node.padding.bottom, node.padding.right});
    integers(made, "strides", {node.stride, node.stride});
    if (is_map(graph_, static_cast<int>(i))) out_.add_output()->set_name(node.name);
  }

  std::string channel_values(const std::string& name, const std::vector<double>& values) {
    return tensor(name, {static_cast<std::int64_t>(values.size())}, {values.begin(), values.end()});
  }

  void activation(const Node& node, std::size_t i) {
    const BatchNorm norm = in_single_precision(node, i);
    const std::string bn = free_name(node.batch_norm), normalised = free_name(bn + "/y");
    auto& made = operation(
        "BatchNormalization", "/" + bn,
        {result(node.inputs[0]), channel_values(bn + ".weight", norm.gamma), channel_values(bn + ".bias", norm.beta),
         channel_values(bn + ".running_mean", norm.mean), channel_values(bn + ".running_var", norm.variance)},
        normalised);
    auto* epsilon = made.add_attribute();
    epsilon->set_name("epsilon");
    epsilon->set_type(onnx::AttributeProto::FLOAT);
    epsilon->set_f(static_cast<float>(norm.epsilon));
    const std::string at = "/" + node.name;
    const std::vector<std::string> inputs{normalised,
                                          constant(at + "/min", 0),
                                          constant(at + "/max", static_cast<float>(node.quantizer.top)),
                                          constant(at + "/scale1", static_cast<float>(node.quantizer.scale)),
                                          constant(at + "/scale2", static_cast<float>(node.quantizer.step)),
                                          constant(at + "/beta1", static_cast<float>(node.quantizer.offset)),
                                          constant(at + "/beta2", 0)};
    operation("LinearMidTreadHalfV2", at, inputs, node.name, "lm");
  }

  /// Numbers in single precision that fold to the same thresholds.
  BatchNorm in_single_precision(const Node& node, std::size_t i) const {
    const auto scale = integer_scale(graph_, exact_, node.inputs[0]);
    const auto scale_as_read = integer_scale(graph_, parameters_, node.inputs[0]);
    BatchNorm made = rounded(exact_.batch_norm[i]);
    for (std::size_t c = 0; c < scale.size(); ++c) {
      const auto wanted = fold_channel(exact_.batch_norm[i], c, scale[c], node.quantizer);
      if (!find_mean(made, c, scale_as_read[c], wanted, node.quantizer))
        throw WorkloadError(
            fmt::format("{}: the thresholds of channel {} cannot be said in single precision", node.name, c));
    }
    return made;
  }

  const Graph& graph_;
  const Parameters& exact_;
  Parameters parameters_;  ///< with scales as the file has them
  onnx::ModelProto model_;
  onnx::GraphProto& out_;
  std::set<std::string> taken_;  ///< names of nodes and of tensors
  std::string image_;
};

}  // namespace

void ernsim_onnx_export(const ImportedNetwork& network, std::string& bytes) {
  Exporter(network).run().SerializeToString(&bytes);
}

}  // namespace ernsim::workloads
