#include "workloads/onnx_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "import/onnx_affine.h"
#include "import/onnx_convolution.h"
#include "import/onnx_embedding.h"
#include "import/onnx_file.h"
#include "import/onnx_form.h"
#include "import/onnx_quantizer.h"
#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

enum class ValueKind { image, codes, accumulators, sums, normalised, pooled_codes, pooled };

constexpr const char* kind_names[] = {"the image",         "codes",        "accumulators", "residual sums",
                                      "normalised values", "pooled codes", "pooled values"};

/// What a tensor of the file is in the graph.
struct Value {
  ValueKind kind = ValueKind::codes;
  int node = -1;
  Affine affine = {};                    ///< of accumulators and sums: what was done to them since
  std::shared_ptr<BatchNorm> norm = {};  ///< of normalised values: what was done to the node's
  std::string norm_name = {};            ///< "backbone.bn1"
  bool alone = true;                     ///< nothing else reads what it was made from
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
  explicit Importer(const std::string& path) : file_(path) { made_.graph.network = network_name(path); }

  ImportedNetwork run() {
    count_uses();
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
  /// "net.onnx" and "net.onnx.xz" are called net.
  static std::string network_name(const std::string& path) {
    const std::filesystem::path file(path);
    return (file.extension() == ".xz" ? file.stem() : file).stem().string();
  }

  void count_uses() {
    for (const auto& node : file_.graph().node())
      for (const auto& input : node.input()) ++uses_[input];
    for (const auto& output : file_.graph().output()) ++uses_[output.name()];
  }

  void read_input() {
    std::set<std::string> initializers;
    for (const auto& tensor : file_.graph().initializer())
      if (!initializers.insert(tensor.name()).second)
        file_.refuse(fmt::format("has two initializers '{}'", tensor.name()));
    made_names_ = initializers;
    for (const auto& input : file_.graph().input()) {
      if (initializers.count(input.name()) != 0) continue;
      if (!values_.empty()) file_.refuse(fmt::format("has a second input '{}'; there may be one", input.name()));
      read_shape(input);
      values_[input.name()] = {ValueKind::image, -1};
      made_names_.insert(input.name());
    }
    if (values_.empty()) file_.refuse("has no input");
  }

  /// Sides without a number are those that the user names.
  void read_shape(const onnx::ValueInfoProto& input) {
    const auto& dims = input.type().tensor_type().shape().dim();
    const bool right = dims.size() == 4 && (!dims[0].has_dim_value() || dims[0].dim_value() == 1) &&
                       (dims[1].dim_value() == 3 || dims[1].dim_value() == 1);
    if (!right) file_.refuse(fmt::format("input '{}' must have the shape [1,3,H,W] or [1,1,H,W]", input.name()));
    made_.graph.colours = static_cast<int>(dims[1].dim_value());
    made_.sized = dims[2].has_dim_value() && dims[3].has_dim_value();
    const auto side = [this](const auto& dim) {
      return made_.sized ? static_cast<int>(std::clamp<std::int64_t>(dim.dim_value(), 0, 1 << 20)) : any_side;
    };
    made_.graph.input_height = side(dims[2]);
    made_.graph.input_width = side(dims[3]);
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
        {"Sub", &Importer::shift},
        {"Mul", &Importer::scale},
        {"Div", &Importer::scale},
        {"GlobalAveragePool", &Importer::average_pool},
        {"Flatten", &Importer::flatten},
        {"Gemm", &Importer::fully_connected},
        {"Identity", &Importer::identity},
        {"Dropout", &Importer::identity},
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
    Value made = found->second;
    made.alone = made.alone && uses_[name] == 1;
    return made;
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

  void produce(const onnx::NodeProto& node, Value made) {
    values_[node.output(0)] = std::move(made);
    pending_[node.output(0)] = &node;
  }
  void produce(const onnx::NodeProto& node, ValueKind kind, int graph_node) { produce(node, Value{kind, graph_node}); }

  Node& at(int index) { return made_.graph.nodes[static_cast<std::size_t>(index)]; }
  std::size_t channels_of(int index) { return static_cast<std::size_t>(at(index).out.channels); }

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
    if (node.input_size() > 2 && !node.input(2).empty() && file_.number(node, 2) != 0)
      file_.refuse(node, "training_mode must be 0");
    const std::string& name = file_.input(node, 0);
    const auto weight = weights_.find(name);
    if (file_.is_constant(name))
      file_.alias(node.output(0), name);
    else if (weight != weights_.end())
      weights_[node.output(0)] = weight->second;
    else
      produce(node, value(node, 0));
  }

  void pixel_embedding(const onnx::NodeProto& node) {
    value(node, 0, {ValueKind::image});
    if (!made_.graph.nodes.empty()) file_.refuse(node, "is a second pixel embedding");
    made_.graph.embedding = embedding_of(file_, node, made_.graph.colours);
    made_.graph.thermometer = static_cast<int>(made_.graph.embedding.size());
    produce(
        node, ValueKind::codes,
        push(node, NodeKind::pixel_embedding, "pixel_embedding", {}, made_.graph.colours * made_.graph.thermometer));
  }

  void weight_quantizer(const onnx::NodeProto& node) {
    const bool power_of_two = node.op_type() == "BinaryPower2ScalingQuantizer";
    if (power_of_two && !(file_.number(node, 1) > 0 && std::isfinite(file_.number(node, 1))))
      file_.refuse(node, fmt::format("p is {}, must be above 0", file_.number(node, 1)));
    weights_[node.output(0)] = {&node, power_of_two};
  }

  const Weight& weight(const onnx::NodeProto& node) const {
    const auto found = weights_.find(file_.input(node, 1));
    if (found == weights_.end()) file_.refuse(node, "its weights do not come from a binary quantizer");
    return found->second;
  }

  void convolution(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::codes});
    const Weight& from = weight(node);
    const onnx::TensorProto* tensor = nullptr;
    const auto floats = file_.values(*from.quantizer, 0, &tensor);
    Node geometry;
    read_geometry(file_, node, *tensor, geometry);
    const int made = push_convolution(node, in.node, from, *tensor, floats, geometry);
    Value result{ValueKind::accumulators, made};
    if (node.input_size() > 2 && !node.input(2).empty()) result.affine = shifted({}, channel_constant(node, 2, made));
    produce(node, std::move(result));
  }

  int push_convolution(const onnx::NodeProto& node, int input, const Weight& from, const onnx::TensorProto& tensor,
                       const std::vector<double>& floats, const Node& geometry) {
    const auto& dims = tensor.dims();
    if (dims[1] != at(input).out.channels)
      file_.refuse(node, fmt::format("its weights '{}' have the shape {}, but its input has {} channels", tensor.name(),
                                     shape_text(tensor), at(input).out.channels));
    if (dims[0] < 1 || dims[0] > most_channels)
      file_.refuse(node, fmt::format("has {} output channels, may have 1 to {}", dims[0], most_channels));
    const int channels = static_cast<int>(dims[0]);
    const int made =
        push(node, NodeKind::convolution, without_suffix(file_.input(*from.quantizer, 0)), {input}, channels);
    at(made).kernel = geometry.kernel;
    at(made).stride = geometry.stride;
    at(made).padding = geometry.padding;
    const auto i = static_cast<std::size_t>(made);
    made_.parameters.signs[i] = signs_of(file_, node, floats, channels, static_cast<int>(dims[1]), geometry.kernel);
    made_.parameters.magnitude[i] = from.power_of_two
                                        ? std::vector<double>(channels_of(made), 1 / file_.number(*from.quantizer, 1))
                                        : mean_magnitude(file_, node, floats, channels);
    return made;
  }

  /// A constant as it broadcasts over [1,C,H,W]: a number for every channel of the graph node.
  std::vector<double> channel_constant(const onnx::NodeProto& node, int index, int graph_node) {
    const onnx::TensorProto* tensor = nullptr;
    std::vector<double> numbers = file_.values(node, index, &tensor);
    const std::size_t channels = channels_of(graph_node);
    const auto& dims = tensor->dims();
    const bool per_channel = node.op_type() == "Conv"
                                 ? dims.size() == 1
                                 : dims.size() >= 3 && dims[dims.size() - 1] == 1 && dims[dims.size() - 2] == 1;
    if (numbers.size() == 1) numbers.assign(channels, numbers[0]);
    if (numbers.size() != channels || (tensor->dims_size() > 0 && channels > 1 && !per_channel && dims[0] != 1))
      file_.refuse(node, fmt::format("input {} has the shape {}, must be one number or one for each of {} channels",
                                     index, shape_text(*tensor), channels));
    for (const double each : numbers)
      if (!std::isfinite(each)) file_.refuse(node, fmt::format("input {} holds a value that is not finite", index));
    return numbers;
  }

  /// The value that an operation with a constant changes, and what it then is.
  template <class Change>
  void change(const onnx::NodeProto& node, const Change& by) {
    const int constant = file_.is_constant(file_.input(node, 0)) ? 0 : 1;
    if (!file_.is_constant(file_.input(node, constant)))
      file_.refuse(node, "one of its inputs must be an initializer or a constant");
    Value in = value(node, 1 - constant, {ValueKind::accumulators, ValueKind::sums, ValueKind::normalised});
    const std::vector<double> numbers = channel_constant(node, constant, in.node);
    if (in.kind == ValueKind::normalised)
      in.norm = std::make_shared<BatchNorm>(before(by({}, numbers, constant), *in.norm));
    else
      in.affine = by(std::move(in.affine), numbers, constant);
    produce(node, std::move(in));
  }

  void scale(const onnx::NodeProto& node) {
    const bool divide = node.op_type() == "Div";
    change(node, [&](Affine affine, std::vector<double> factors, int constant) {
      if (divide && constant == 0) file_.refuse(node, "divides by what it is given");
      for (double& each : factors) {
        if (divide && each == 0) file_.refuse(node, "divides by 0");
        each = divide ? 1 / each : each;
      }
      return scaled(std::move(affine), factors);
    });
  }

  /// Sub, or Add, of a constant.
  void shift(const onnx::NodeProto& node) {
    const bool subtract = node.op_type() == "Sub";
    change(node, [&](Affine affine, std::vector<double> summands, int constant) {
      if (subtract && constant == 0) affine = scaled(std::move(affine), std::vector<double>(summands.size(), -1));
      if (subtract && constant == 1)
        for (double& each : summands) each = -each;
      return shifted(std::move(affine), summands);
    });
  }

  void batch_normalization(const onnx::NodeProto& node) {
    Value in = value(node, 0, {ValueKind::accumulators, ValueKind::sums, ValueKind::normalised});
    BatchNorm norm;
    norm.gamma = file_.values(node, 1);
    norm.beta = file_.values(node, 2);
    norm.mean = file_.values(node, 3);
    norm.variance = file_.values(node, 4);
    for (const auto& attribute : node.attribute())
      if (attribute.name() == "epsilon") norm.epsilon = decimal(attribute.f());
    check_norm(node, norm, channels_of(in.node));
    if (in.kind == ValueKind::normalised) {
      in.norm = std::make_shared<BatchNorm>(before(affine_of(norm), *in.norm));
    } else {
      in.norm = std::make_shared<BatchNorm>(behind(in.affine, std::move(norm)));
      in.norm_name = without_suffix(file_.input(node, 1));
    }
    in.kind = ValueKind::normalised;
    in.affine = {};
    produce(node, std::move(in));
  }

  void check_norm(const onnx::NodeProto& node, const BatchNorm& norm, std::size_t channels) const {
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

  void activation(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::normalised, ValueKind::accumulators, ValueKind::sums});
    const Quantizer quantizer = quantizer_of(file_, node);
    const std::string name = in.norm ? activation_name(in.norm_name) : at(in.node).name + ".act";
    const int made = push(node, NodeKind::activation, name, {in.node}, at(in.node).out.channels);
    at(made).batch_norm = in.norm ? in.norm_name : name + ".bn";
    at(made).quantizer = quantizer;
    made_.parameters.batch_norm[static_cast<std::size_t>(made)] =
        in.norm ? *in.norm : before(in.affine, no_batch_norm(channels_of(in.node)));
    produce(node, ValueKind::codes, made);
  }

  /// A convolution's own scale takes what is done to all its channels alike or apart, as far as nobody else reads it.
  void absorb_gain(const onnx::NodeProto& node, int index, Value& in) {
    if (in.kind == ValueKind::normalised) in.affine = affine_of(*in.norm);
    if (in.affine.gain.empty()) return;
    const bool can = in.alone && at(in.node).kind == NodeKind::convolution &&
                     std::all_of(in.affine.gain.begin(), in.affine.gain.end(), [](double gain) { return gain > 0; });
    if (!can)
      file_.refuse(node,
                   fmt::format("input {} is {} times a factor, which must be above 0, of a convolution, and read by "
                               "nothing else",
                               index, at(in.node).name));
    auto& magnitude = made_.parameters.magnitude[static_cast<std::size_t>(in.node)];
    for (std::size_t c = 0; c < magnitude.size(); ++c) magnitude[c] *= in.affine.gain[c];
    in.affine.gain.clear();
  }

  void add(const onnx::NodeProto& node) {
    if (file_.is_constant(file_.input(node, 0)) || file_.is_constant(file_.input(node, 1))) return shift(node);
    std::vector<Value> in;
    Affine together;
    for (int i = 0; i < 2; ++i) {
      in.push_back(value(node, i, {ValueKind::accumulators, ValueKind::sums, ValueKind::normalised}));
      absorb_gain(node, i, in.back());
      if (!in.back().affine.shift.empty()) together = shifted(std::move(together), in.back().affine.shift);
    }
    if (in[0].node == in[1].node) file_.refuse(node, "adds a value to itself");
    if (channels_of(in[0].node) != channels_of(in[1].node))
      file_.refuse(node, fmt::format("adds {} and {} channels", channels_of(in[0].node), channels_of(in[1].node)));
    // The block's last convolution first: the other is its downsample or the sum before it, and older.
    if (in[0].node < in[1].node) std::swap(in[0], in[1]);
    std::vector<int> inputs{in[0].node, in[1].node};
    if (at(inputs[0]).kind != NodeKind::convolution) inputs = in_order(node, in[1], in[0].node);
    require_one_scale(node, inputs);
    for (const int input : inputs)
      if (at(input).kind == NodeKind::convolution) at(input).role = ConvolutionRole::residual;
    const int channels = at(inputs[0]).out.channels;
    const std::string name = add_name(at(inputs[0]).name);
    Value made{ValueKind::sums, push(node, NodeKind::add, name, std::move(inputs), channels)};
    made.affine = std::move(together);
    produce(node, std::move(made));
  }

  /// Moves a convolution that only this sum reads behind the sum that it is added to.
  std::vector<int> in_order(const onnx::NodeProto& node, const Value& older, int sum) {
    const int from = older.node;
    const auto reads = [from](const Node& each) {
      return std::find(each.inputs.begin(), each.inputs.end(), from) != each.inputs.end();
    };
    auto& nodes = made_.graph.nodes;
    if (at(from).kind != NodeKind::convolution || !older.alone || std::any_of(nodes.begin(), nodes.end(), reads))
      file_.refuse(node,
                   fmt::format("adds {} and {}: one of its inputs must be a convolution that nothing else reads, whose "
                               "accumulators the other is added to",
                               at(from).name, at(sum).name));
    const auto renumbered = [from, sum](int index) {
      return index == from ? sum : index > from && index <= sum ? index - 1 : index;
    };
    const auto rotate = [&](auto& list) {
      std::rotate(list.begin() + from, list.begin() + from + 1, list.begin() + sum + 1);
    };
    rotate(nodes);
    rotate(sources_);
    rotate(made_.parameters.signs);
    rotate(made_.parameters.magnitude);
    rotate(made_.parameters.batch_norm);
    for (Node& each : nodes)
      for (int& input : each.inputs) input = renumbered(input);
    for (auto& [name, each] : values_) each.node = renumbered(each.node);
    return {sum, sum - 1};
  }

  void require_one_scale(const onnx::NodeProto& node, const std::vector<int>& inputs) {
    const auto a = integer_scale(made_.graph, made_.parameters, inputs[0]);
    const auto b = integer_scale(made_.graph, made_.parameters, inputs[1]);
    for (std::size_t c = 0; c < a.size(); ++c)
      if (!is_same_scale(a[c], b[c]))
        file_.refuse(node,
                     fmt::format("adds channel {} of {}, which counts in {:.9g}, and of {}, which counts in {:.9g}; "
                                 "both must count in the same",
                                 c, at(inputs[0]).name, a[c], at(inputs[1]).name, b[c]));
  }

  /// A convolution whose values are a result.
  void make_head(const onnx::NodeProto& node, Value in) {
    absorb_gain(node, 0, in);
    for (const double each : in.affine.shift)
      if (each != 0)
        file_.refuse(node, fmt::format("{} has a bias; results are integers times a scale", at(in.node).name));
    if (at(in.node).kind != NodeKind::convolution)
      file_.refuse(node, fmt::format("{} is a sum; a result must be a convolution", at(in.node).name));
    at(in.node).role = ConvolutionRole::logits;
  }

  void average_pool(const onnx::NodeProto& node) {
    Value in = value(node, 0, {ValueKind::accumulators, ValueKind::sums, ValueKind::codes});
    if (in.kind == ValueKind::codes) return produce(node, ValueKind::pooled_codes, in.node);
    make_head(node, in);
    produce(node, ValueKind::pooled, push_pool(node, in.node));
  }

  int push_pool(const onnx::NodeProto& node, int convolution) {
    return push(node, NodeKind::average_pool, "avg_pool", {convolution}, at(convolution).out.channels);
  }

  void flatten(const onnx::NodeProto& node) {
    produce(node, value(node, 0, {ValueKind::pooled, ValueKind::pooled_codes}));
  }

  /// The mean over pixels and a product with weights may change places: a 1x1 convolution, pooled.
  void fully_connected(const onnx::NodeProto& node) {
    const Value in = value(node, 0, {ValueKind::pooled_codes});
    const Weight& from = weight(node);
    const onnx::TensorProto* tensor = nullptr;
    const auto floats = file_.values(*from.quantizer, 0, &tensor);
    if (tensor->dims_size() != 2)
      file_.refuse(node, fmt::format("its weights '{}' have the shape {}, must be [out,in]", tensor->name(),
                                     shape_text(*tensor)));
    if (node.input_size() > 2 && !node.input(2).empty())
      for (const double each : file_.values(node, 2))
        if (each != 0) file_.refuse(node, "has a bias; results are integers times a scale");
    Node geometry;
    geometry.kernel = 1;
    const int made = push_convolution(node, in.node, from, *tensor, floats, geometry);
    at(made).role = ConvolutionRole::logits;
    produce(node, ValueKind::pooled, push_pool(node, made));
  }

  // --- the whole

  void check_complete() {
    if (file_.graph().output_size() == 0) file_.refuse("has no output");
    for (const auto& output : file_.graph().output()) {
      const auto found = values_.find(output.name());
      if (found == values_.end()) file_.refuse(fmt::format("its output '{}' is made by no node", output.name()));
      used_.insert(output.name());
      if (found->second.kind == ValueKind::pooled) continue;
      const onnx::NodeProto* const maker = pending_.count(output.name()) == 0 ? nullptr : pending_.at(output.name());
      if (maker == nullptr ||
          (found->second.kind != ValueKind::accumulators && found->second.kind != ValueKind::normalised))
        file_.refuse(fmt::format("its output '{}' is {}; a result is what an average pooling or a convolution gives",
                                 output.name(), kind_names[static_cast<std::size_t>(found->second.kind)]));
      Value head = found->second;
      head.alone = head.alone && uses_[output.name()] == 1;
      make_head(*maker, head);
    }
    for (const auto& [name, node] : pending_)
      if (used_.count(name) == 0) file_.refuse(*node, "its result is not used");
    const auto pools = std::count_if(made_.graph.nodes.begin(), made_.graph.nodes.end(),
                                     [](const Node& node) { return node.kind == NodeKind::average_pool; });
    if (pools > 1) file_.refuse("has more than one average pooling; the host does one");
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

  static constexpr int any_side = 256;  ///< where the file leaves it to the user
  static constexpr std::int64_t most_channels = 65536;

  OnnxFile file_;
  ImportedNetwork made_;
  std::map<std::string, Value> values_;
  std::map<std::string, Weight> weights_;
  std::map<std::string, const onnx::NodeProto*> pending_;  ///< who made a value
  std::set<std::string> used_;
  std::set<std::string> names_;                  ///< of graph nodes
  std::set<std::string> made_names_;             ///< of the file's tensors
  std::map<std::string, int> uses_;              ///< of the file's tensors, as inputs of nodes and as outputs
  std::vector<const onnx::NodeProto*> sources_;  ///< [graph node]
};

}  // namespace

const char* ernsim_onnx_version() { return ERNSIM_VERSION; }

void ernsim_onnx_import(const std::string& path, ImportedNetwork& made) { made = Importer(path).run(); }

}  // namespace ernsim::workloads
