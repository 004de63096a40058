#include "workloads/onnx_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "import/onnx_embedding.h"
#include "import/onnx_file.h"
#include "import/onnx_form.h"
#include "workloads/error.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

enum class ValueKind { image, codes, accumulators, sums, normalised, pooled, logits };

constexpr const char* kind_names[] = {"the image",         "codes",         "accumulators", "residual sums",
                                      "normalised values", "pooled values", "logits"};

/// What a tensor of the file is in the graph.
struct Value {
  ValueKind kind = ValueKind::codes;
  int node = -1;
};

/// A quantized weight: where its floats come from and which of the two quantizers it went through.
struct Weight {
  const onnx::NodeProto* quantizer = nullptr;
  bool power_of_two = false;
};

std::string without_suffix(const std::string& name) {
  const std::string suffix = ".weight";
  const bool has = name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
  return has ? name.substr(0, name.size() - suffix.size()) : name;
}

/// "backbone.layer1.0.bn0" -> "backbone.layer1.0.act0"
std::string activation_name(const std::string& batch_norm) {
  const auto dot = batch_norm.rfind('.');
  const auto found = batch_norm.find("bn", dot == std::string::npos ? 0 : dot);
  if (found == std::string::npos) return batch_norm + ".act";
  return batch_norm.substr(0, found) + "act" + batch_norm.substr(found + 2);
}

/// "backbone.layer1.0.conv2" -> "backbone.layer1.0.add"
std::string add_name(const std::string& convolution) {
  const auto dot = convolution.rfind('.');
  return dot == std::string::npos ? convolution + ".add" : convolution.substr(0, dot) + ".add";
}

/// The decimal number a float was written as: 1e-5, not 9.99999975e-6.
double decimal(float value) { return std::stod(fmt::format("{}", value)); }

class Importer {
 public:
  explicit Importer(const std::string& path) : file_(path) {
    made_.graph.network = std::filesystem::path(path).stem().string();
  }

  ImportedNetwork run() {
    read_input();
    for (const auto& node : file_.graph().node()) read(node);
    check_complete();
    made_.graph.stem = stem_name();
    try {
      made_.graph = resized(made_.graph, made_.graph.input_height, made_.graph.input_width);
    } catch (const ShapeError& error) {
      file_.refuse(*sources_[error.node()], error.what());
    } catch (const WorkloadError& error) {
      file_.refuse(error.what());
    }
    return std::move(made_);
  }

 private:
  void read_input() {
    std::set<std::string> initializers;
    for (const auto& tensor : file_.graph().initializer())
      if (!initializers.insert(tensor.name()).second)
        file_.refuse(fmt::format("has two initializers '{}'", tensor.name()));
    made_names_ = initializers;
    for (const auto& input : file_.graph().input()) {
      if (initializers.count(input.name()) != 0) continue;
      if (!values_.empty()) file_.refuse(fmt::format("has a second input '{}'; an ERN has one", input.name()));
      const auto& dims = input.type().tensor_type().shape().dim();
      if (dims.size() != 4 || (dims[0].has_dim_value() && dims[0].dim_value() != 1) || dims[1].dim_value() != 3)
        file_.refuse(fmt::format("input '{}' must have the shape [1,3,H,W]", input.name()));
      made_.graph.input_height = static_cast<int>(std::clamp<std::int64_t>(dims[2].dim_value(), 0, 1 << 20));
      made_.graph.input_width = static_cast<int>(std::clamp<std::int64_t>(dims[3].dim_value(), 0, 1 << 20));
      values_[input.name()] = {ValueKind::image, -1};
      made_names_.insert(input.name());
    }
    if (values_.empty()) file_.refuse("has no input");
  }

  void read(const onnx::NodeProto& node) {
    using Reader = void (Importer::*)(const onnx::NodeProto&);
    static const std::map<std::string, Reader> readers{
        {"lm::PixelEmbeddingV3", &Importer::pixel_embedding},
        {"lm::BinaryChannelWiseMeanScalingQuantizer", &Importer::weight_quantizer},
        {"lm::BinaryPower2ScalingQuantizer", &Importer::weight_quantizer},
        {"lm::LinearMidTreadHalfV2", &Importer::activation},
        {"Conv", &Importer::convolution},
        {"BatchNormalization", &Importer::batch_normalization},
        {"Add", &Importer::add},
        {"GlobalAveragePool", &Importer::average_pool},
        {"Flatten", &Importer::flatten},
        {"Identity", &Importer::identity},
        {"Constant", &Importer::constant}};
    require_form(file_, node);
    if (!made_names_.insert(node.output(0)).second)
      file_.refuse(node, fmt::format("its output '{}' is made twice", node.output(0)));
    (this->*readers.at(operation_of(node)))(node);
  }

  // --- tensors

  Value value(const onnx::NodeProto& node, int index) {
    const std::string& name = file_.input(node, index);
    const auto found = values_.find(name);
    if (found == values_.end())
      file_.refuse(node, fmt::format("input {} '{}' is made by no earlier node", index, name));
    used_.insert(name);
    return found->second;
  }

  Value value(const onnx::NodeProto& node, int index, std::initializer_list<ValueKind> allowed) {
    const Value found = value(node, index);
    if (std::find(allowed.begin(), allowed.end(), found.kind) != allowed.end()) return found;
    std::string wanted;
    for (const ValueKind kind : allowed)
      wanted += (wanted.empty() ? "" : " or ") + std::string(kind_names[static_cast<std::size_t>(kind)]);
    file_.refuse(node, fmt::format("input {} is {}, must be {}", index,
                                   kind_names[static_cast<std::size_t>(found.kind)], wanted));
  }

  void produce(const onnx::NodeProto& node, ValueKind kind, int graph_node) {
    values_[node.output(0)] = {kind, graph_node};
    pending_[node.output(0)] = &node;
  }

  Node& at(int index) { return made_.graph.nodes[static_cast<std::size_t>(index)]; }

  /// Nodes that share an initializer share its name: the second is called name_2.
  std::string unique(const std::string& name) {
    std::string made = name;
    for (int number = 2; !names_.insert(made).second; ++number) made = fmt::format("{}_{}", name, number);
    return made;
  }

  int push(const onnx::NodeProto& source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
           int channels) {
    const std::string name = unique(wanted);
    sources_.push_back(&source);
    Node node;
    node.kind = kind;
    node.name = name;
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    made_.graph.nodes.push_back(std::move(node));
    made_.parameters.signs.emplace_back();
    made_.parameters.magnitude.emplace_back();
    made_.parameters.batch_norm.emplace_back();
    return static_cast<int>(made_.graph.nodes.size()) - 1;
  }

  // --- operations

  void constant(const onnx::NodeProto&) {}

  void identity(const onnx::NodeProto& node) {
    const std::string& name = file_.input(node, 0);
    const auto weight = weights_.find(name);
    if (file_.is_constant(name))
      file_.alias(node.output(0), name);
    else if (weight != weights_.end())
      weights_[node.output(0)] = weight->second;
    else
      produce(node, value(node, 0).kind, value(node, 0).node);
  }

  void pixel_embedding(const onnx::NodeProto& node) {
    value(node, 0, {ValueKind::image});
    if (!made_.graph.nodes.empty()) file_.refuse(node, "is a second pixel embedding");
    made_.graph.embedding = embedding_of(file_, node);
    made_.graph.thermometer = static_cast<int>(made_.graph.embedding.size());
    produce(node, ValueKind::codes,
            push(node, NodeKind::pixel_embedding, "pixel_embedding", {}, 3 * made_.graph.thermometer));
  }

  void weight_quantizer(const onnx::NodeProto& node) {
    const bool power_of_two = node.op_type() == "BinaryPower2ScalingQuantizer";
    if (power_of_two && file_.number(node, 1) != 32) file_.refuse(node, "the scale must be 1/32, p = 32");
    weights_[node.output(0)] = {&node, power_of_two};
  }

  void convolution(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::codes});
    const auto weight = weights_.find(file_.input(node, 1));
    if (weight == weights_.end()) file_.refuse(node, "its weights do not come from a binary quantizer");
    const onnx::TensorProto* tensor = nullptr;
    const auto floats = file_.values(*weight->second.quantizer, 0, &tensor);
    check_shape(node, *tensor, at(in.node));
    const int channels = static_cast<int>(tensor->dims(0));
    const int made = push(node, NodeKind::convolution, without_suffix(file_.input(*weight->second.quantizer, 0)),
                          {in.node}, channels);
    Node& target = at(made);
    target.kernel = static_cast<int>(tensor->dims(2));
    target.stride = stride_of(node);
    target.padding = target.kernel / 2;
    check_attributes(node, target);
    if (weight->second.power_of_two) {
      target.role = ConvolutionRole::residual;
      if (at(in.node).kind != NodeKind::activation || at(in.node).post_scale)
        file_.refuse(node, "its input must be an activation without post-scale: residual sums count in 1/32");
    }
    read_weights(node, made, floats);
    produce(node, ValueKind::accumulators, made);
  }

  void check_shape(const onnx::NodeProto& node, const onnx::TensorProto& tensor, const Node& in) const {
    const auto& dims = tensor.dims();
    if (dims.size() != 4 || dims[2] != dims[3] || (dims[2] != 1 && dims[2] != 3))
      file_.refuse(node, fmt::format("its weights '{}' have the shape {}, must be [out,in,1,1] or [out,in,3,3]",
                                     tensor.name(), shape_text(tensor)));
    if (dims[1] != in.out.channels)
      file_.refuse(node, fmt::format("its weights '{}' have the shape {}, but its input has {} channels", tensor.name(),
                                     shape_text(tensor), in.out.channels));
    if (dims[0] < 1 || dims[0] > 65536) file_.refuse(node, fmt::format("has {} output channels", dims[0]));
  }

  int stride_of(const onnx::NodeProto& node) const {
    const auto strides = file_.integers(node, "strides");
    if (strides.empty()) return 1;
    if (strides.size() != 2 || strides[0] != strides[1] || strides[0] < 1 || strides[0] > 2)
      file_.refuse(node, "strides must be 1 or 2, the same both ways");
    return static_cast<int>(strides[0]);
  }

  void check_attributes(const onnx::NodeProto& node, const Node& target) const {
    const auto require = [&](const char* name, std::vector<std::int64_t> wanted, bool may_lack) {
      const auto found = file_.integers(node, name);
      if (found != wanted && !(found.empty() && may_lack))
        file_.refuse(node, fmt::format("{} must be {}", name, wanted[0]));
    };
    require("kernel_shape", {target.kernel, target.kernel}, true);
    const std::int64_t padding = target.padding;
    require("pads", {padding, padding, padding, padding}, padding == 0);
  }

  void read_weights(const onnx::NodeProto& node, int made, const std::vector<double>& floats) {
    const Node& target = at(made);
    SignWeights signs(target.out.channels, at(target.inputs[0]).out.channels, target.kernel);
    for (std::size_t i = 0; i < floats.size(); ++i) {
      if (!std::isfinite(floats[i])) file_.refuse(node, "its weights hold a value that is not finite");
      if (floats[i] < 0) signs.set_negative(i);  // +0 and -0 count as +1
    }
    const std::size_t per_channel = floats.size() / static_cast<std::size_t>(target.out.channels);
    std::vector<double> magnitude(static_cast<std::size_t>(target.out.channels), 0.0);
    for (std::size_t i = 0; i < floats.size(); ++i) magnitude[i / per_channel] += std::abs(floats[i]);
    for (double& each : magnitude) each /= static_cast<double>(per_channel);
    const bool scaled = target.role != ConvolutionRole::residual;
    if (scaled && std::find(magnitude.begin(), magnitude.end(), 0.0) != magnitude.end())
      file_.refuse(node, "all weights of an output channel are zero: it has no scale");
    made_.parameters.signs[static_cast<std::size_t>(made)] = std::move(signs);
    made_.parameters.magnitude[static_cast<std::size_t>(made)] = std::move(magnitude);
  }

  void batch_normalization(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::accumulators, ValueKind::sums});
    if (in.kind == ValueKind::accumulators && at(in.node).role == ConvolutionRole::residual)
      file_.refuse(node, "its input is scaled by 1/32 and must go through an Add");
    BatchNorm norm;
    norm.gamma = file_.values(node, 1);
    norm.beta = file_.values(node, 2);
    norm.mean = file_.values(node, 3);
    norm.variance = file_.values(node, 4);
    for (const auto& attribute : node.attribute())
      if (attribute.name() == "epsilon") norm.epsilon = decimal(attribute.f());
    check_norm(node, norm, static_cast<std::size_t>(at(in.node).out.channels));
    const std::string name = without_suffix(file_.input(node, 1));
    const int made = push(node, NodeKind::activation, activation_name(name), {in.node}, at(in.node).out.channels);
    at(made).batch_norm = name;
    made_.parameters.batch_norm[static_cast<std::size_t>(made)] = std::move(norm);
    produce(node, ValueKind::normalised, made);
  }

  void check_norm(const onnx::NodeProto& node, const BatchNorm& norm, std::size_t channels) const {
    if (channels % 64 != 0) file_.refuse(node, fmt::format("has {} channels, must be a multiple of 64", channels));
    for (const auto* each : {&norm.gamma, &norm.beta, &norm.mean, &norm.variance}) {
      if (each->size() != channels)
        file_.refuse(node, fmt::format("has {} parameters for {} channels", each->size(), channels));
      for (const double number : *each)
        if (!std::isfinite(number)) file_.refuse(node, "has a parameter that is not finite");
    }
    if (!std::isfinite(norm.epsilon)) file_.refuse(node, "has an epsilon that is not finite");
    for (const double variance : norm.variance)
      if (!(variance + norm.epsilon > 0)) file_.refuse(node, "has a variance below zero");
  }

  /// The activation's graph node was made with its batch normalisation; here it gets its scale.
  void activation(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::normalised});
    if (!activated_.insert(in.node).second) file_.refuse(node, "its input goes to a second activation");
    const auto require = [&](int index, const char* name, double wanted) {
      const double found = file_.number(node, index);
      if (std::abs(found - wanted) > 1e-6) file_.refuse(node, fmt::format("{} is {}, must be {}", name, found, wanted));
    };
    require(1, "min", 0);
    require(2, "max", 3);
    require(3, "scale1", 1.5);
    require(5, "beta1", 0);
    require(6, "beta2", 0);
    const double scale = file_.number(node, 4);
    if (std::abs(scale - 1) > 1e-6 && std::abs(scale - 2.0 / 3.0) > 1e-6)
      file_.refuse(node, fmt::format("scale2 is {}, must be 1 or 2/3", scale));
    at(in.node).post_scale = std::abs(scale - 1) > 1e-6;
    produce(node, ValueKind::codes, in.node);
  }

  void add(const onnx::NodeProto& node) {
    std::vector<int> inputs;
    for (int i = 0; i < 2; ++i) {
      const Value in = value(node, i, {ValueKind::accumulators, ValueKind::sums});
      if (in.kind == ValueKind::accumulators && at(in.node).role != ConvolutionRole::residual)
        file_.refuse(node, fmt::format("input {} is not scaled by 1/32", i));
      inputs.push_back(in.node);
    }
    if (inputs[0] == inputs[1]) file_.refuse(node, "adds a value to itself");
    // The block's last convolution first: the other is its downsample or the sum before it, and older.
    if (inputs[0] < inputs[1]) std::swap(inputs[0], inputs[1]);
    if (at(inputs[0]).kind != NodeKind::convolution) file_.refuse(node, "one of its inputs must be a convolution");
    if (at(inputs[0]).out.channels != at(inputs[1]).out.channels)
      file_.refuse(node,
                   fmt::format("adds {} and {} channels", at(inputs[0]).out.channels, at(inputs[1]).out.channels));
    const int channels = at(inputs[0]).out.channels;
    const std::string name = add_name(at(inputs[0]).name);
    produce(node, ValueKind::sums, push(node, NodeKind::add, name, std::move(inputs), channels));
  }

  void average_pool(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::accumulators});
    if (at(in.node).role == ConvolutionRole::residual) file_.refuse(node, "pools a convolution that is scaled by 1/32");
    at(in.node).role = ConvolutionRole::logits;
    produce(node, ValueKind::pooled,
            push(node, NodeKind::average_pool, "avg_pool", {in.node}, at(in.node).out.channels));
  }

  void flatten(const onnx::NodeProto& node) {
    produce(node, ValueKind::logits, value(node, 0, {ValueKind::pooled}).node);
  }

  // --- the whole

  void check_complete() {
    if (file_.graph().output_size() != 1)
      file_.refuse(fmt::format("has {} outputs; an ERN has one", file_.graph().output_size()));
    const std::string& output = file_.graph().output(0).name();
    const auto found = values_.find(output);
    if (found == values_.end() || (found->second.kind != ValueKind::logits && found->second.kind != ValueKind::pooled))
      file_.refuse(fmt::format("its output '{}' is not the result of an average pooling", output));
    used_.insert(output);
    for (const auto& [name, node] : pending_)
      if (used_.count(name) == 0) file_.refuse(*node, "its result is not used");
    const auto pools = std::count_if(made_.graph.nodes.begin(), made_.graph.nodes.end(),
                                     [](const Node& node) { return node.kind == NodeKind::average_pool; });
    if (pools != 1) file_.refuse("has more than one average pooling");
  }

  /// The convolutions in front of the first activation that two convolutions read: four released, five in the paper.
  std::string stem_name() const {
    std::map<int, int> readers;
    for (const Node& node : made_.graph.nodes)
      if (node.kind == NodeKind::convolution) ++readers[node.inputs[0]];
    int convolutions = 0;
    for (std::size_t i = 0; i < made_.graph.nodes.size() && readers[static_cast<int>(i)] < 2; ++i)
      convolutions += made_.graph.nodes[i].kind == NodeKind::convolution ? 1 : 0;
    return convolutions == 4 ? "released" : convolutions == 5 ? "paper" : "other";
  }

  OnnxFile file_;
  ImportedNetwork made_;
  std::map<std::string, Value> values_;
  std::map<std::string, Weight> weights_;
  std::map<std::string, const onnx::NodeProto*> pending_;  ///< who made a value
  std::set<std::string> used_;
  std::set<std::string> names_;                  ///< of graph nodes
  std::set<std::string> made_names_;             ///< of the file's tensors
  std::vector<const onnx::NodeProto*> sources_;  ///< [graph node]
  std::set<int> activated_;
};

}  // namespace

const char* ernsim_onnx_version() { return ERNSIM_VERSION; }

void ernsim_onnx_import(const std::string& path, ImportedNetwork& made) { made = Importer(path).run(); }

}  // namespace ernsim::workloads
