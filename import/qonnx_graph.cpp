#include "import/qonnx_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "workloads/error.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

constexpr int longest_side = 65535;
constexpr double alike = 1e-6;  ///< scales that differ by the rounding of single precision

bool is_same(Real a, Real b) { return std::fabs(a - b) <= alike * std::max(std::fabs(a), std::fabs(b)); }

std::string without_suffix(const std::string& name) {
  const std::string suffix = ".weight";
  const bool has = name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
  return has ? name.substr(0, name.size() - suffix.size()) : name;
}

std::string name_of_node(const NodeProto& node) { return node.name().empty() ? node.output(0) : node.name(); }

std::vector<Real> all(std::size_t count, Real value) { return std::vector<Real>(count, value); }

}  // namespace

int QonnxGraph::push(const NodeProto* source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
                     Shape out) {
  std::string name = wanted;
  for (int number = 2; !names_.insert(name).second; ++number) name = fmt::format("{}_{}", wanted, number);
  Node node;
  node.kind = kind;
  node.name = name;
  node.inputs = std::move(inputs);
  node.out = out;
  made_.graph.nodes.push_back(std::move(node));
  made_.weights.emplace_back();
  made_.thresholds.emplace_back();
  sources_.push_back(source);
  return static_cast<int>(made_.graph.nodes.size()) - 1;
}

int QonnxGraph::embed(const NodeProto* source, std::vector<EmbeddingThresholds> thresholds) {
  if (!made_.graph.nodes.empty())
    file_.refuse(*source, "makes codes of the image a second time; one embedding can be read");
  Graph& graph = made_.graph;
  graph.thermometer = static_cast<int>(thresholds.size());
  graph.embedding = std::move(thresholds);
  return push(source, NodeKind::pixel_embedding, "pixel_embedding", {},
              {3 * graph.thermometer, graph.input_height, graph.input_width});
}

QonnxValue QonnxGraph::input(const onnx::ValueInfoProto& input, const QonnxOptions& options) {
  std::vector<std::int64_t> dims;
  for (const auto& dim : input.type().tensor_type().shape().dim()) dims.push_back(dim.dim_value());
  const bool last = dims.size() == 4 && dims[3] == 3 && dims[1] != 3;
  if (last) std::rotate(dims.begin() + 1, dims.begin() + 3, dims.end());
  const bool sized = dims.size() == 4 && dims[0] <= 1 && dims[2] >= 1 && dims[2] <= longest_side && dims[3] >= 1 &&
                     dims[3] <= longest_side;
  const int codes = options.thermometer.value_or(0);
  if (!sized || (dims[1] != 3 && (codes == 0 || dims[1] != 3 * codes)))
    file_.refuse(
        fmt::format("input '{}' must be [1,3,H,W] or [1,H,W,3]; or [1,3k,H,W], codes of a thermometer of k, "
                    "which --thermometer k must name",
                    input.name()));
  made_.graph.input_height = static_cast<int>(dims[2]);
  made_.graph.input_width = static_cast<int>(dims[3]);
  QonnxValue value;
  if (dims[1] != 3) {
    value = {QonnxKind::codes, embed(nullptr, workloads::thermometer(codes)), all(static_cast<std::size_t>(dims[1]), 1),
             all(static_cast<std::size_t>(dims[1]), 0)};
    return value;
  }
  value = {QonnxKind::image, -1, all(3, 1), all(3, 0)};
  value.scaled = input.type().tensor_type().elem_type() == onnx::TensorProto::UINT8;
  value.layout = last ? Layout::nhwc : Layout::nchw;
  return value;
}

/// An image of floats is 0 to 1, unless the file begins by dividing it by 255.
void QonnxGraph::settle_scale(QonnxValue& image, bool divided, const std::vector<double>& by) const {
  if (image.kind != QonnxKind::image || image.scaled) return;
  image.scaled = true;
  const bool divides = !by.empty() && is_same(divided ? by[0] : 1 / by[0], 255);
  if (!divides) image.gain = all(3, 1 / Real{255});
}

QonnxValue QonnxGraph::eight_bits(const NodeProto& node, const QonnxValue& in, Real scale) {
  QonnxValue made = in;
  if (!made.scaled) {
    made.scaled = true;
    made.gain = all(3, scale);
    return made;
  }
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (!is_same(made.gain[c], scale) || made.shift[c] != 0)
      file_.refuse(node, fmt::format("rounds colour values away: one step of them is {}, its scale {}",
                                     static_cast<double>(made.gain[c]), static_cast<double>(scale)));
  return made;
}

/// Sums of a thermometer's codes stand for colours: code by code, step = floor(255 / 3k) each.
QonnxValue QonnxGraph::through_thermometer(const NodeProto& node, const QonnxValue& image,
                                           const QonnxOptions& options) {
  if (!options.thermometer)
    file_.refuse(
        node,
        "reads 8-bit colours; --thermometer N says how many 2-bit codes a colour becomes, or a 2-bit Quant in front");
  QonnxValue made = image;
  settle_scale(made, false, {});
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (made.shift[c] != 0 || !is_same(made.gain[c], made.gain[0]) || !(made.gain[0] > 0))
      file_.refuse(node, "reads colours that are shifted, or scaled one by one: what it pads with must be code 0");
  const int codes = *options.thermometer;
  if (codes < 1 || codes > 32) file_.refuse(node, fmt::format("thermometer {}, must be 1 to 32", codes));
  made.kind = QonnxKind::codes;
  made.node = embed(&node, workloads::thermometer(codes));
  made.gain = all(static_cast<std::size_t>(3 * codes), made.gain[0] * (255 / (3 * codes)));
  made.shift = all(made.gain.size(), 0);
  return made;
}

namespace {

/// Every colour's weights as often as it has codes.
Constant repeated(const Constant& weights, std::size_t times) {
  Constant made{weights.dims, {}};
  made.dims[1] *= static_cast<std::int64_t>(times);
  const auto plane = static_cast<std::size_t>(weights.dims[2] * weights.dims[3]);
  for (std::size_t at = 0; at < weights.values.size(); at += plane)
    for (std::size_t i = 0; i < times; ++i)
      made.values.insert(made.values.end(), weights.values.begin() + static_cast<std::ptrdiff_t>(at),
                         weights.values.begin() + static_cast<std::ptrdiff_t>(at + plane));
  return made;
}

}  // namespace

void QonnxGraph::check_convolution(const NodeProto& node, const QonnxValue& in, const Constant& weights) const {
  const auto& dims = weights.dims;
  const std::int64_t kernel = dims.size() == 4 ? dims[2] : 0;
  if (dims.size() != 4 || dims[2] != dims[3] || kernel < 1 || kernel > 7 || dims[0] < 1 || dims[0] > longest_side)
    file_.refuse(node, "its weights must be [out,in,k,k], k 1 to 7");
  if (dims[1] != static_cast<std::int64_t>(in.channels()))
    file_.refuse(node, fmt::format("its weights have {} input channels, its input {}{}", dims[1], in.channels(),
                                   integer_of(node, "group", 1) != 1 ? ": convolutions in groups do not fit" : ""));
  if (in.layout != Layout::nchw) file_.refuse(node, "needs [N,C,H,W]; its input is [N,H,W,C]");
  const auto alike_all = [&](const char* name, std::int64_t wanted) {
    for (const std::int64_t each : file_.integers(node, name))
      if (each != wanted) file_.refuse(node, fmt::format("{} must be {}", name, wanted));
  };
  alike_all("kernel_shape", kernel);
  alike_all("dilations", 1);
  alike_all("group", 1);
  if (text_of(node, "auto_pad", "NOTSET") != "NOTSET") file_.refuse(node, "auto_pad must be NOTSET, with pads");
  auto pads = file_.integers(node, "pads");
  if (pads.empty()) pads = {0, 0, 0, 0};
  if (std::any_of(pads.begin(), pads.end(), [&](std::int64_t each) { return each != kernel / 2; }))
    file_.refuse(node, fmt::format("pads must be {} on all sides", kernel / 2));
}

QonnxValue QonnxGraph::convolution(const NodeProto& node, const QonnxValue& in, const Constant& weights,
                                   const QonnxOptions& options) {
  check_convolution(node, in, weights);
  if (in.kind == QonnxKind::image) {
    const QonnxValue codes = through_thermometer(node, in, options);
    return convolution(node, codes, repeated(weights, codes.channels() / 3), options);
  }
  auto strides = file_.integers(node, "strides");
  if (strides.empty()) strides = {1, 1};
  if (strides.size() != 2 || strides[0] != strides[1] || strides[0] < 1 || strides[0] > 4)
    file_.refuse(node, "strides must be 1 to 4, the same both ways");
  const int kernel = static_cast<int>(weights.dims[2]), stride = static_cast<int>(strides[0]), padding = kernel / 2;
  const Shape from = at(in.node).out;
  const auto side = [&](int size) { return (size + 2 * padding - kernel) / stride + 1; };
  const int made = push(&node, NodeKind::convolution, without_suffix(node.input(1)), {in.node},
                        {static_cast<int>(weights.dims[0]), side(from.height), side(from.width)});
  at(made).kernel = kernel;
  at(made).stride = stride;
  at(made).padding = padding;
  QonnxValue value{QonnxKind::sums, made, read_weights(node, made, weights), {}};
  for (Real& gain : value.gain) gain *= in.gain[0];
  value.shift = all(value.gain.size(), 0);
  return value;
}

/// Signs into the network; returns the magnitude of each output channel.
std::vector<Real> QonnxGraph::read_weights(const NodeProto& node, int made, const Constant& weights) {
  const auto outputs = static_cast<std::size_t>(weights.dims[0]);
  const std::size_t each = weights.values.size() / outputs;
  SignWeights signs(static_cast<int>(outputs), static_cast<int>(weights.dims[1]), static_cast<int>(weights.dims[2]));
  std::vector<Real> magnitude;
  for (std::size_t o = 0; o < outputs; ++o) {
    magnitude.push_back(std::fabs(weights.values[o * each]));
    for (std::size_t i = o * each; i < (o + 1) * each; ++i) {
      if (magnitude[o] == 0 || !is_same(std::fabs(weights.values[i]), magnitude[o]))
        file_.refuse(
            node,
            fmt::format("its weights are not binary: output channel {} has {} and {}; BipolarQuant makes them +-scale",
                        o, static_cast<double>(magnitude[o]), weights.values[i]));
      if (weights.values[i] < 0) signs.set_negative(i);
    }
  }
  made_.weights[static_cast<std::size_t>(made)] = std::move(signs);
  return magnitude;
}

QonnxValue QonnxGraph::fully_connected(const NodeProto& node, const QonnxValue& in, const Constant& weights) {
  if (weights.dims[1] != static_cast<std::int64_t>(in.channels()) || weights.dims[0] < 1 ||
      weights.dims[0] > longest_side)
    file_.refuse(node, fmt::format("its weights have {} inputs, it has {}", weights.dims[1], in.channels()));
  const Shape from = at(in.node).out;
  const int made = push(&node, NodeKind::convolution, without_suffix(node.input(1)), {in.node},
                        {static_cast<int>(weights.dims[0]), from.height, from.width});
  at(made).kernel = 1;
  QonnxValue value{QonnxKind::sums, made, read_weights(node, made, weights), {}};
  for (Real& gain : value.gain) gain *= in.gain[0];
  value.shift = all(value.gain.size(), 0);
  value = pooled(node, value);
  value.layout = Layout::flat;
  return value;
}

QonnxValue QonnxGraph::activation(const NodeProto& node, const QonnxValue& in,
                                  const std::vector<std::vector<Level>>& levels, Real scale) {
  if (in.kind == QonnxKind::image) return embedded(node, in, levels, scale);
  const int made = push(&node, NodeKind::activation, name_of_node(node), {in.node}, at(in.node).out);
  for (std::size_t c = 0; c < in.channels(); ++c)
    made_.thresholds[static_cast<std::size_t>(made)].push_back(
        fold_levels(levels[c], in.gain[c], in.shift[c], in.relu));
  QonnxValue value{QonnxKind::codes, made, all(in.channels(), scale), all(in.channels(), 0)};
  value.layout = in.layout;
  return value;
}

/// A code per colour: the colour values that each threshold is the last one below.
QonnxValue QonnxGraph::embedded(const NodeProto& node, const QonnxValue& in,
                                const std::vector<std::vector<Level>>& levels, Real scale) {
  QonnxValue image = in;
  settle_scale(image, false, {});
  std::vector<EmbeddingThresholds> found;
  for (std::size_t c = 0; c < image.channels(); ++c) {
    const auto code = [&](int colour) { return code_of(image.gain[c] * colour + image.shift[c], levels[c]); };
    if (!(image.gain[c] > 0) || code(0) != 0)
      file_.refuse(node, fmt::format("colour {} has code {} for value 0; codes must rise from 0", c, code(0)));
    EmbeddingThresholds thresholds{};
    for (int t = 0; t < 3; ++t) {
      int colour = 0;
      while (colour < 255 && code(colour + 1) <= t) ++colour;
      thresholds[static_cast<std::size_t>(t)] = static_cast<std::uint8_t>(colour);
    }
    found.push_back(thresholds);
    if (thresholds != found[0])
      file_.refuse(node, fmt::format("colour {} has other levels than the first; they must be alike", c));
  }
  QonnxValue value{QonnxKind::codes, embed(&node, {found[0]}), all(3, scale), all(3, 0)};
  value.layout = in.layout;
  return value;
}

QonnxValue QonnxGraph::requantized(const NodeProto& node, const QonnxValue& in, const std::vector<Level>& levels,
                                   Real scale) {
  QonnxValue made = in;
  const bool outside = at(in.node).kind == NodeKind::pixel_embedding && in.gain[0] == 1;
  if (outside) made.gain = all(in.channels(), scale);
  for (int code = 0; code <= 3; ++code)
    if (code_of(code * made.gain[0], levels) != code || !is_same(made.gain[0], scale))
      file_.refuse(node, fmt::format("makes other codes of codes: one step of them is {}, its scale {}",
                                     static_cast<double>(in.gain[0]), static_cast<double>(scale)));
  return made;
}

QonnxValue QonnxGraph::sum(const NodeProto& node, const QonnxValue& a, const QonnxValue& b) {
  if (a.relu || b.relu) file_.refuse(node, "adds what went through a Relu; sums are added as they are, before it");
  if (a.layout != b.layout) file_.refuse(node, "adds [N,C,H,W] and [N,H,W,C]");
  if (a.node == b.node) file_.refuse(node, "adds a value to itself");
  const QonnxValue &younger = a.node > b.node ? a : b, &older = a.node > b.node ? b : a;
  if (at(younger.node).kind != NodeKind::convolution) file_.refuse(node, "one of its inputs must be a convolution");
  const Shape x = at(a.node).out, y = at(b.node).out;
  if (x.channels != y.channels || x.height != y.height || x.width != y.width)
    file_.refuse(node, fmt::format("adds [{},{},{}] and [{},{},{}]; both must have the same shape", x.channels,
                                   x.height, x.width, y.channels, y.height, y.width));
  for (std::size_t c = 0; c < a.channels(); ++c)
    if (!is_same(a.gain[c], b.gain[c]))
      file_.refuse(node, fmt::format("adds sums of two scales, {} and {} in channel {}: both branches' weight and "
                                     "activation scales must multiply to one",
                                     static_cast<double>(a.gain[c]), static_cast<double>(b.gain[c]), c));
  QonnxValue made = younger;
  made.node = push(&node, NodeKind::add, name_of_node(node), {younger.node, older.node}, x);
  for (std::size_t c = 0; c < made.channels(); ++c) made.shift[c] += older.shift[c];
  return made;
}

QonnxValue QonnxGraph::scaled(const NodeProto& node, QonnxValue value, const std::vector<double>& by, bool divided) {
  settle_scale(value, divided, by);
  for (std::size_t c = 0; c < by.size(); ++c) {
    const Real factor = divided ? 1 / Real{by[c]} : Real{by[c]};
    if (divided && by[c] == 0) file_.refuse(node, "divides by 0");
    const bool codes = value.kind == QonnxKind::codes || value.kind == QonnxKind::pooled_codes;
    if (!(by[c] > 0) && (codes || value.relu))
      file_.refuse(node, fmt::format("scales codes, or a Relu, by {}; must be above 0", by[c]));
    if (codes && by[c] != by[0])
      file_.refuse(node, "scales codes by channel; one number for all of them fits, or scales of the weights");
    value.gain[c] *= factor;
    value.shift[c] *= factor;
  }
  return value;
}

QonnxValue QonnxGraph::shifted(const NodeProto& node, QonnxValue value, const std::vector<double>& by,
                               bool subtracted) {
  settle_scale(value, true, {});
  for (std::size_t c = 0; c < by.size(); ++c) {
    const bool fixed = value.kind == QonnxKind::codes || value.kind == QonnxKind::pooled_codes || value.relu;
    if (fixed && by[c] != 0)
      file_.refuse(node, fmt::format("adds {} to codes, or behind a Relu; in front of the quantizer it fits", by[c]));
    value.shift[c] += subtracted ? -by[c] : by[c];
  }
  return value;
}

QonnxValue QonnxGraph::pooled(const NodeProto& node, const QonnxValue& in) {
  if (in.relu) file_.refuse(node, "pools what went through a Relu; quantize it to 2 bits first");
  QonnxValue made = in;
  if (in.kind == QonnxKind::codes) {
    made.kind = QonnxKind::pooled_codes;
    return made;
  }
  if (at(in.node).kind != NodeKind::convolution)
    file_.refuse(node, "pools sums; a convolution, or codes, can be pooled");
  made.kind = QonnxKind::pooled;
  at(in.node).role = ConvolutionRole::logits;
  made.node = push(&node, NodeKind::average_pool, "avg_pool", {in.node}, {at(in.node).out.channels, 1, 1});
  return made;
}

void QonnxGraph::check_whole_map(const NodeProto& node, const QonnxValue& in) const {
  const Shape& map = at(in.node).out;
  const auto kernel = file_.integers(node, "kernel_shape"), pads = file_.integers(node, "pads");
  const bool padded = std::any_of(pads.begin(), pads.end(), [](std::int64_t each) { return each != 0; });
  if (kernel != std::vector<std::int64_t>{map.height, map.width} || padded)
    file_.refuse(
        node,
        fmt::format("must average the whole map of {}x{}, without pads; strides of convolutions make maps smaller",
                    map.height, map.width));
}

void QonnxGraph::check_single_pixel(const NodeProto& node, const QonnxValue& in) const {
  const Shape& map = at(in.node).out;
  if (map.height != 1 || map.width != 1)
    file_.refuse(node, fmt::format("flattens a map of {}x{}; average it first: fully connected layers read channels",
                                   map.height, map.width));
}

/// Of convolutions: who reads them.
void QonnxGraph::settle_roles() {
  auto& nodes = made_.graph.nodes;
  std::vector<int> adds(nodes.size(), 0), others(nodes.size(), 0);
  for (const Node& node : nodes)
    for (const int input : node.inputs) ++(node.kind == NodeKind::add ? adds : others)[static_cast<std::size_t>(input)];
  for (std::size_t n = 0; n + 1 < nodes.size(); ++n) {
    if (adds[n] + others[n] == 0) {
      const std::string what = "its result is not used";
      if (sources_[n] == nullptr) file_.refuse("the image: " + what);
      file_.refuse(*sources_[n], what);
    }
    if (adds[n] > 0 && others[n] == 0 && nodes[n].kind == NodeKind::convolution)
      nodes[n].role = ConvolutionRole::residual;
  }
}

IntegerNetwork QonnxGraph::finished(const std::string& name, const QonnxValue& output) {
  made_.graph.network = name;
  made_.graph.stem = "other";
  if (static_cast<std::size_t>(output.node) + 1 != made_.graph.nodes.size())
    file_.refuse(*sources_.back(), "its result does not reach the output");
  for (std::size_t c = 0; c < output.channels(); ++c) {
    if (output.shift[c] != 0)
      file_.refuse(
          fmt::format("class {} has a bias of {}; the host scales pooled sums and adds nothing: train the last "
                      "layer without a bias",
                      c, static_cast<double>(output.shift[c])));
    made_.logit_scale.push_back(static_cast<double>(output.gain[c]));
  }
  settle_roles();
  return std::move(made_);
}

}  // namespace ernsim::workloads
