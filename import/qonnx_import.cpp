#include "workloads/qonnx_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <set>

#include "import/onnx_file.h"
#include "import/onnx_form.h"
#include "import/onnx_names.h"
#include "import/onnx_resize.h"
#include "import/onnx_tensor_names.h"
#include "import/qonnx_graph.h"
#include "import/qonnx_value.h"
#include "workloads/error.h"
#include "workloads/networks.h"
#include "workloads/onnx_module.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

/// Reads a file node by node.
class QonnxImporter {
 public:
  QonnxImporter(const std::string& path, const QonnxOptions& options)
      : file_(path, OnnxFile::Read::any), names_(file_), constants_(file_), graph_(file_), options_(options) {}

  IntegerNetwork run(const std::string& name) {
    read_input();
    for (const auto& node : file_.graph().node()) read(node);
    if (file_.graph().output_size() != 1)
      file_.refuse(fmt::format("has {} outputs; one can be read", file_.graph().output_size()));
    const auto found = values_.find(file_.graph().output(0).name());
    if (found == values_.end() || found->second.kind != QonnxKind::pooled)
      file_.refuse(fmt::format(
          "its output '{}' is {}; a network ends with pooling, or pooling and a fully connected layer",
          file_.graph().output(0).name(), found == values_.end() ? "made by no node" : name_of(found->second.kind)));
    return graph_.finished(name, found->second);
  }

 private:
  void read_input() {
    const onnx::ValueInfoProto& input = names_.input();
    values_[input.name()] = graph_.input(input, options_);
  }

  void read(const NodeProto& node) {
    if (node.output_size() < 1 || node.output(0).empty()) file_.refuse(node, "has no output");
    names_.add(node);
    if (is_shape(node)) return;
    require_form(file_, OnnxDialect::qonnx, node);
    if (constants_.fold(node)) return;
    using Reader = QonnxValue (QonnxImporter::*)(const NodeProto&);
    static const std::map<std::string, Reader> readers{{"Conv", &QonnxImporter::convolution},
                                                       {"MatMul", &QonnxImporter::product},
                                                       {"Gemm", &QonnxImporter::product},
                                                       {"Concat", &QonnxImporter::concatenation},
                                                       {"Resize", &QonnxImporter::upsampling},
                                                       {"Upsample", &QonnxImporter::upsampling},
                                                       {"Quant", &QonnxImporter::quantizer},
                                                       {"MultiThreshold", &QonnxImporter::multi_threshold},
                                                       {"BatchNormalization", &QonnxImporter::batch_norm},
                                                       {"Relu", &QonnxImporter::relu},
                                                       {"Mul", &QonnxImporter::arithmetic},
                                                       {"Div", &QonnxImporter::arithmetic},
                                                       {"Add", &QonnxImporter::arithmetic},
                                                       {"Sub", &QonnxImporter::arithmetic},
                                                       {"Transpose", &QonnxImporter::transpose},
                                                       {"GlobalAveragePool", &QonnxImporter::pool},
                                                       {"AveragePool", &QonnxImporter::pool},
                                                       {"ReduceMean", &QonnxImporter::pool},
                                                       {"Flatten", &QonnxImporter::flatten},
                                                       {"Reshape", &QonnxImporter::reshape},
                                                       {"Squeeze", &QonnxImporter::squeeze},
                                                       {"Identity", &QonnxImporter::same},
                                                       {"Dropout", &QonnxImporter::same},
                                                       {"Cast", &QonnxImporter::cast}};
    const auto found = readers.find(operation_of(node));
    if (found == readers.end()) file_.refuse(node, "depends on the picture; it may be of constants alone");
    QonnxValue made = (this->*found->second)(node);
    if (!is_finite(made)) file_.refuse(node, "gives a value that is not finite");
    values_[node.output(0)] = std::move(made);
  }

  /// What only computes shapes: of any input, from Shape on.
  bool is_shape(const NodeProto& node) {
    const std::set<std::string> carries{"Gather", "Unsqueeze", "Squeeze", "Concat", "Slice",
                                        "Cast",   "Mul",       "Add",     "Sub",    "Div"};
    bool shape = node.op_type() == "Shape";
    if (carries.count(node.op_type()) != 0)
      for (const auto& input : node.input()) {
        const auto found = values_.find(input);
        if (found != values_.end() && found->second.kind != QonnxKind::shape) return false;
        shape = shape || found != values_.end();
      }
    if (shape) values_[node.output(0)] = {};
    return shape;
  }

  const QonnxValue& value(const NodeProto& node, int index, std::initializer_list<QonnxKind> allowed = {}) const {
    const auto found = values_.find(file_.input(node, index));
    if (found == values_.end())
      file_.refuse(node, fmt::format("input {} '{}' is {}", index, file_.input(node, index),
                                     constants_.has(node.input(index)) ? "a constant" : "made by no earlier node"));
    std::string wanted;
    for (const QonnxKind kind : allowed) {
      if (kind == found->second.kind) return found->second;
      wanted += (wanted.empty() ? "" : " or ") + std::string(name_of(kind));
    }
    if (!wanted.empty())
      file_.refuse(node, fmt::format("input {} is {}, must be {}{}", index, name_of(found->second.kind), wanted,
                                     found->second.kind == QonnxKind::sums ? ": quantize it to 2 bits first" : ""));
    return found->second;
  }

  bool is_constant(const NodeProto& node, int index) const { return constants_.has(file_.input(node, index)); }

  std::vector<double> numbers(const NodeProto& node, int index, const QonnxValue& of) const {
    const auto found = by_channel(constants_.get(node, index), of.channels(), of.layout);
    if (found.empty())
      file_.refuse(node, fmt::format("input {} must be one number, or one per channel of {}", index, of.channels()));
    return found;
  }

  QonnxValue same(const NodeProto& node) { return value(node, 0); }

  QonnxValue cast(const NodeProto& node) {
    const std::int64_t to = integer_of(node, "to", 0);
    if (!is_real_type(to)) file_.refuse(node, fmt::format("to is type {}; {}", to, real_types));
    return value(node, 0);
  }

  QonnxValue convolution(const NodeProto& node) {
    const QonnxValue& in = value(node, 0, {QonnxKind::codes, QonnxKind::concatenated, QonnxKind::image});
    QonnxValue made = graph_.convolution(node, in, constants_.get(node, 1), options_);
    if (node.input_size() > 2 && !node.input(2).empty()) shift(node, constants_.get(node, 2), made);
    return made;
  }

  QonnxValue concatenation(const NodeProto& node) {
    std::vector<QonnxValue> in;
    for (int i = 0; i < node.input_size(); ++i)
      in.push_back(value(node, i, {QonnxKind::codes, QonnxKind::concatenated}));
    if (in.empty()) file_.refuse(node, "has no input");
    const std::int64_t axis = integer_of(node, "axis", 0), channels = in[0].layout == Layout::nhwc ? 3 : 1;
    if (axis != channels && axis != channels - 4)
      file_.refuse(node, fmt::format("axis {}, must be {}: that of channels", axis, channels));
    return graph_.concatenated(node, in);
  }

  QonnxValue upsampling(const NodeProto& node) {
    const QonnxValue& in = value(node, 0, {QonnxKind::codes, QonnxKind::concatenated, QonnxKind::sums});
    const ResizeInputs from = resize_inputs(file_, node);
    const int given = std::max(from.scales, from.sizes);
    if (!is_constant(node, given))
      file_.refuse(
          node, fmt::format("input {} is computed; it must be a constant, which constant folding makes of it", given));
    const std::size_t rows = in.layout == Layout::nhwc ? 1 : 2;
    std::vector<double> scales = constants_.get(node, given).values;
    if (from.sizes >= 0 && scales.size() == 4) {
      const Shape map = graph_.map_of(in);
      scales[rows] /= map.height;
      scales[rows + 1] /= map.width;
      scales[rows == 1 ? 3 : 1] /= static_cast<double>(in.channels());
    }
    return graph_.upsampled(node, in, repetition_of(file_, node, scales, rows));
  }

  void shift(const NodeProto& node, const Constant& bias, QonnxValue& made) const {
    if (bias.values.size() != made.channels())
      file_.refuse(node, fmt::format("has {} biases for {} channels", bias.values.size(), made.channels()));
    for (std::size_t c = 0; c < bias.values.size(); ++c) made.shift[c] += bias.values[c];
  }

  /// Behind the pooling: a 1x1 convolution in front of it is the same.
  QonnxValue product(const NodeProto& node) {
    const QonnxValue& in = value(node, 0, {QonnxKind::pooled_codes});
    if (in.layout == Layout::nchw) file_.refuse(node, "needs [N,C]; its input is [N,C,1,1]: flatten it first");
    Constant weights = constants_.get(node, 1);
    if (weights.dims.size() != 2) file_.refuse(node, "its weights must be a matrix");
    const bool gemm = node.op_type() == "Gemm";
    if (!gemm || integer_of(node, "transB", 0) == 0) weights = transposed(weights, {1, 0});
    weights.dims.insert(weights.dims.end(), 2, 1);
    QonnxValue made = graph_.fully_connected(node, in, weights);
    if (gemm && node.input_size() > 2 && !node.input(2).empty()) shift(node, constants_.get(node, 2), made);
    return made;
  }

  QonnxValue quantizer(const NodeProto& node) {
    const QonnxValue& in =
        value(node, 0, {QonnxKind::sums, QonnxKind::image, QonnxKind::codes, QonnxKind::concatenated});
    const double scale = constants_.number(node, 1, "scale"), zero = constants_.number(node, 2, "zero point");
    const double bits = constants_.number(node, 3, "bit width");
    if (!(scale > 0)) file_.refuse(node, fmt::format("scale {}, must be above 0", scale));
    if (zero != 0)
      file_.refuse(node, fmt::format("zero point {}, must be 0: what a convolution pads with is code 0", zero));
    if (integer_of(node, "signed", 1) != 0)
      file_.refuse(node, "is signed; activations are unsigned codes 0 to 3: a ReLU in front makes them so");
    if (in.kind == QonnxKind::image && bits == 8) return graph_.eight_bits(node, in, scale);
    if (bits != 1 && bits != 2) file_.refuse(node, fmt::format("{} bits, must be 2: codes are 0 to 3", bits));
    const int most = (1 << static_cast<int>(bits)) - 1 - (integer_of(node, "narrow", 0) != 0 ? 1 : 0);
    if (most < 1) file_.refuse(node, "has one code alone: 1 bit and narrow; 2 bits, or narrow 0, give more");
    const std::string rounding = text_of(node, "rounding_mode", "ROUND");
    const auto levels = quantizer_levels(scale, most, rounding);
    if (levels.empty()) file_.refuse(node, fmt::format("rounding_mode '{}' is not known", rounding));
    if (in.kind == QonnxKind::codes || in.kind == QonnxKind::concatenated)
      return graph_.requantized(node, in, levels, scale);
    return graph_.activation(node, in, std::vector<std::vector<Level>>(in.channels(), levels), scale);
  }

  QonnxValue multi_threshold(const NodeProto& node) {
    const QonnxValue& in = value(node, 0, {QonnxKind::sums, QonnxKind::image});
    const Constant found = constants_.get(node, 1);
    const double scale = decimal_of(node, "out_scale", 1), bias = decimal_of(node, "out_bias", 0);
    if (bias != 0) file_.refuse(node, fmt::format("out_bias {}, must be 0: activations are codes 0 to 3", bias));
    if (!(scale > 0)) file_.refuse(node, fmt::format("out_scale {}, must be above 0", scale));
    const std::string layout = text_of(node, "data_layout", "NCHW");
    const bool last = layout == "NHWC";
    if (!last && layout != "NCHW") file_.refuse(node, fmt::format("data_layout '{}', must be NCHW or NHWC", layout));
    if (last != (in.layout == Layout::nhwc)) file_.refuse(node, "data_layout is not that of its input");
    const auto rows = found.dims.size() == 2 ? static_cast<std::size_t>(found.dims[0]) : 0;
    if (rows == 0 || (rows != 1 && rows != in.channels()) || found.dims[1] < 1 || found.dims[1] > 3)
      file_.refuse(node, fmt::format("thresholds must be [{} or 1, 1 to 3]: a code is the number of three thresholds",
                                     in.channels()));
    return graph_.activation(node, in, levels_of(found, rows, in.channels()), scale);
  }

  static std::vector<std::vector<Level>> levels_of(const Constant& found, std::size_t rows, std::size_t channels) {
    const std::size_t each = found.values.size() / rows;
    std::vector<std::vector<Level>> levels(channels);
    for (std::size_t c = 0; c < channels; ++c) {
      for (std::size_t t = 0; t < each; ++t) levels[c].push_back({found.values[(rows == 1 ? 0 : c) * each + t], false});
      std::sort(levels[c].begin(), levels[c].end(), [](const Level& a, const Level& b) { return a.at < b.at; });
    }
    return levels;
  }

  QonnxValue batch_norm(const NodeProto& node) {
    QonnxValue made = value(node, 0, {QonnxKind::sums});
    refuse_behind_relu(node, made);
    std::vector<double> parts[4];
    for (int i = 0; i < 4; ++i) {
      if (!is_constant(node, i + 1)) file_.refuse(node, fmt::format("input {} must be a constant", i + 1));
      parts[i] = constants_.get(node, i + 1).values;
      if (parts[i].size() != made.channels())
        file_.refuse(node,
                     fmt::format("input {} has {} elements for {} channels", i + 1, parts[i].size(), made.channels()));
    }
    const Real epsilon = decimal_of(node, "epsilon", 1e-5);
    if (!std::isfinite(epsilon)) file_.refuse(node, "has an epsilon that is not finite");
    for (std::size_t c = 0; c < made.channels(); ++c) {
      const Real variance = parts[3][c] + epsilon;
      if (!(variance > 0)) file_.refuse(node, "has a variance below zero");
      const Real factor = parts[0][c] / std::sqrt(variance);
      made.gain[c] *= factor;
      made.shift[c] = (made.shift[c] - parts[2][c]) * factor + parts[1][c];
    }
    return made;
  }

  void refuse_behind_relu(const NodeProto& node, const QonnxValue& in) const {
    if (in.relu) file_.refuse(node, "follows a Relu; only a positive scale may stand between that and its quantizer");
  }

  QonnxValue relu(const NodeProto& node) {
    QonnxValue made = value(node, 0, {QonnxKind::sums, QonnxKind::codes});
    made.relu = made.kind == QonnxKind::sums;
    return made;
  }

  QonnxValue arithmetic(const NodeProto& node) {
    const bool swapped = is_constant(node, 0);
    const std::string& type = node.op_type();
    if (!swapped && !is_constant(node, 1)) {
      if (type != "Add") file_.refuse(node, "combines two values that depend on the picture; only Add can");
      return graph_.sum(node, value(node, 0, {QonnxKind::sums}), value(node, 1, {QonnxKind::sums}));
    }
    if (swapped && (type == "Sub" || type == "Div")) file_.refuse(node, "takes a value from, or divides, a constant");
    QonnxValue made = value(node, swapped ? 1 : 0);
    if (made.kind == QonnxKind::shape) file_.refuse(node, "computes with a shape");
    const auto by = numbers(node, swapped ? 0 : 1, made);
    return type == "Mul" || type == "Div" ? graph_.scaled(node, made, by, type == "Div")
                                          : graph_.shifted(node, made, by, type == "Sub");
  }

  QonnxValue transpose(const NodeProto& node) {
    QonnxValue made = value(node, 0);
    const auto permutation = file_.integers(node, "perm");
    const std::vector<std::int64_t> to_last{0, 2, 3, 1}, to_first{0, 3, 1, 2};
    if (made.layout == Layout::nchw && permutation == to_last)
      made.layout = Layout::nhwc;
    else if (made.layout == Layout::nhwc && permutation == to_first)
      made.layout = Layout::nchw;
    else
      file_.refuse(node, "must exchange [N,C,H,W] and [N,H,W,C]");
    return made;
  }

  QonnxValue pool(const NodeProto& node) {
    const QonnxValue& in = value(node, 0, {QonnxKind::codes, QonnxKind::concatenated, QonnxKind::sums});
    const bool last = in.layout == Layout::nhwc;
    if (node.op_type() == "ReduceMean") {
      if (axes_of(node, 4) != pixels(last)) file_.refuse(node, "must average over height and width");
    } else if (last) {
      file_.refuse(node, "needs [N,C,H,W]; its input is [N,H,W,C]");
    }
    if (node.op_type() == "AveragePool") graph_.check_whole_map(node, in);
    QonnxValue made = graph_.pooled(node, in);
    if (node.op_type() == "ReduceMean" && integer_of(node, "keepdims", 1) == 0) made.layout = Layout::flat;
    return made;
  }

  /// What is pooled, as [N,C,1,1] or [N,C]: its shape may change. A map of one pixel is its own mean.
  QonnxValue pooled(const NodeProto& node) {
    QonnxValue made = value(node, 0);
    if (made.kind == QonnxKind::codes || made.kind == QonnxKind::concatenated || made.kind == QonnxKind::sums) {
      graph_.check_single_pixel(node, made);
      made = graph_.pooled(node, made);
    }
    if (made.kind != QonnxKind::pooled && made.kind != QonnxKind::pooled_codes)
      file_.refuse(node,
                   fmt::format("changes the shape of {}; only what is pooled may be flattened", name_of(made.kind)));
    return made;
  }

  static std::vector<std::int64_t> sides_of(const QonnxValue& pooled) {
    const auto channels = static_cast<std::int64_t>(pooled.channels());
    if (pooled.layout == Layout::flat) return {1, channels};
    return pooled.layout == Layout::nhwc ? std::vector<std::int64_t>{1, 1, 1, channels}
                                         : std::vector<std::int64_t>{1, channels, 1, 1};
  }

  QonnxValue flatten(const NodeProto& node) {
    QonnxValue made = pooled(node);
    made.layout = Layout::flat;
    return made;
  }

  /// To a shape that is a constant, or one that the file computes, whose numbers are not followed.
  QonnxValue reshape(const NodeProto& node) {
    QonnxValue made = pooled(node);
    if (!is_constant(node, 1)) value(node, 1, {QonnxKind::shape});
    const std::vector<std::int64_t> flat{1, static_cast<std::int64_t>(made.channels())};
    if (is_constant(node, 1) && reshaped(sides_of(made), constants_.get(node, 1).values) != flat)
      file_.refuse(node, fmt::format("must give [1,{}]", made.channels()));
    made.layout = Layout::flat;
    return made;
  }

  QonnxValue squeeze(const NodeProto& node) {
    QonnxValue made = pooled(node);
    const auto axes = axes_of(node, sides_of(made).size());
    const bool last = made.layout == Layout::nhwc;
    if (made.layout == Layout::flat || axes != pixels(last))
      file_.refuse(node, "must take away height and width, axes 2 and 3 of [N,C,1,1] or 1 and 2 of [N,1,1,C]");
    made.layout = Layout::flat;
    return made;
  }

  /// Of height and width.
  static std::vector<std::int64_t> pixels(bool last) {
    return last ? std::vector<std::int64_t>{1, 2} : std::vector<std::int64_t>{2, 3};
  }

  /// An attribute or an input, counted from the front, in rising order.
  std::vector<std::int64_t> axes_of(const NodeProto& node, std::size_t rank) const {
    auto axes = file_.integers(node, "axes");
    if (axes.empty() && node.input_size() > 1 && !node.input(1).empty())
      for (const double axis : constants_.get(node, 1).values) axes.push_back(static_cast<std::int64_t>(axis));
    for (std::int64_t& axis : axes) axis += axis < 0 ? static_cast<std::int64_t>(rank) : 0;
    std::sort(axes.begin(), axes.end());
    return axes;
  }

  OnnxFile file_;
  TensorNames names_;
  QonnxConstants constants_;
  QonnxGraph graph_;
  const QonnxOptions& options_;
  std::map<std::string, QonnxValue> values_;
};

}  // namespace

bool ernsim_onnx_is_qonnx(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return false;
  try {
    const OnnxFile file(path, OnnxFile::Read::nodes);
    const auto& nodes = file.graph().node();
    return std::any_of(nodes.begin(), nodes.end(), is_qonnx_quantizer) &&
           std::none_of(nodes.begin(), nodes.end(), [](const NodeProto& node) { return node.domain() == "lm"; });
  } catch (const WorkloadError&) {
    return false;
  }
}

void ernsim_onnx_import_qonnx(const std::string& path, const QonnxOptions& options, IntegerNetwork& made) {
  made = QonnxImporter(path, options).run(network_name(path));
}

}  // namespace ernsim::workloads
