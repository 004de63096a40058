#include "import/qonnx_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "import/onnx_convolution.h"
#include "import/onnx_names.h"
#include "import/onnx_shapes.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

std::string name_of_node(const NodeProto& node) { return node.name().empty() ? node.output(0) : node.name(); }

/// Where QonnxOptions::by_option is false.
constexpr const char* others_take = "run, eval and import also take";

}  // namespace

int QonnxGraph::push(const NodeProto* source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
                     int channels, Node geometry) {
  geometry.kind = kind;
  geometry.name = unique_name(names_, wanted);
  geometry.inputs = std::move(inputs);
  geometry.out.channels = channels;
  made_.graph.nodes.push_back(std::move(geometry));
  made_.graph.nodes.back().out = last_shape(file_, made_.graph, source);
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
  return push(source, NodeKind::pixel_embedding, "pixel_embedding", {}, graph.colours * graph.thermometer);
}

QonnxValue QonnxGraph::input(const onnx::ValueInfoProto& input, const QonnxOptions& options) {
  std::vector<std::int64_t> dims;
  for (const auto& dim : input.type().tensor_type().shape().dim()) dims.push_back(dim.dim_value());
  const auto are_colours = [](std::int64_t side) { return side == 1 || side == 3; };
  const bool last = dims.size() == 4 && are_colours(dims[3]) && !are_colours(dims[1]);
  if (last) std::rotate(dims.begin() + 1, dims.begin() + 3, dims.end());
  const bool sized = dims.size() == 4 && dims[0] <= 1 && dims[2] >= 1 && dims[3] >= 1;
  const int codes = options.thermometer.value_or(0);
  const bool outside =
      sized && !are_colours(dims[1]) && codes > 0 && codes <= most_codes && (dims[1] == codes || dims[1] == 3 * codes);
  if (!sized || (!are_colours(dims[1]) && !outside))
    file_.refuse(
        fmt::format("input '{}' must be [1,C,H,W] or [1,H,W,C], C 1 or 3 colours; {} [1,Ck,H,W], codes of a "
                    "thermometer of k, {} --thermometer k{}",
                    input.name(), options.by_option ? "or" : others_take, options.by_option ? "which" : "with",
                    options.by_option ? " must name" : ""));
  const auto channels = static_cast<std::size_t>(dims[1]);
  made_.graph.colours = static_cast<int>(outside ? dims[1] / codes : dims[1]);
  made_.graph.input_height = side_of(dims[2]);
  made_.graph.input_width = side_of(dims[3]);
  if (outside)
    return {QonnxKind::codes, embed(nullptr, workloads::thermometer(codes)), all(channels, 1), all(channels, 0)};
  QonnxValue value{QonnxKind::image, -1, all(channels, 1), all(channels, 0)};
  value.scaled = input.type().tensor_type().elem_type() == onnx::TensorProto::UINT8;
  value.layout = last ? Layout::nhwc : Layout::nchw;
  return value;
}

/// An image of floats is 0 to 1, unless the file begins by dividing it by 255.
void QonnxGraph::settle_scale(QonnxValue& image, bool divided, const std::vector<double>& by) const {
  if (image.kind != QonnxKind::image || image.scaled) return;
  image.scaled = true;
  const bool divides = !by.empty() && is_same_scale(divided ? by[0] : 1 / by[0], 255);
  if (!divides) image.gain = all(image.channels(), 1 / Real{255});
}

QonnxValue QonnxGraph::eight_bits(const NodeProto& node, const QonnxValue& in, Real scale) {
  QonnxValue made = in;
  if (!made.scaled) {
    made.scaled = true;
    made.gain = all(made.channels(), scale);
    return made;
  }
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (!is_same_scale(made.gain[c], scale) || made.shift[c] != 0)
      file_.refuse(node, fmt::format("rounds colour values away: one step of them is {}, its scale {}",
                                     static_cast<double>(made.gain[c]), static_cast<double>(scale)));
  return made;
}

/// Sums of a thermometer's codes stand for colours: code by code, step = floor(255 / 3k) each.
QonnxValue QonnxGraph::through_thermometer(const NodeProto& node, const QonnxValue& image,
                                           const QonnxOptions& options) {
  if (!options.thermometer)
    file_.refuse(
        node, options.by_option
                  ? "reads 8-bit colours; --thermometer N says how many 2-bit codes a colour becomes, or a 2-bit Quant "
                    "in front"
                  : fmt::format("reads 8-bit colours; a 2-bit Quant in front makes codes of them; {} --thermometer N",
                                others_take));
  QonnxValue made = image;
  settle_scale(made, false, {});
  for (std::size_t c = 0; c < made.channels(); ++c)
    if (made.shift[c] != 0 || !is_same_scale(made.gain[c], made.gain[0]) || !(made.gain[0] > 0))
      file_.refuse(node, "reads colours that are shifted, or scaled one by one: what it pads with must be code 0");
  const int codes = *options.thermometer;
  if (codes < 1 || codes > most_codes)
    file_.refuse(node, fmt::format("thermometer {}, must be 1 to {}", codes, most_codes));
  made.kind = QonnxKind::codes;
  made.node = embed(&node, workloads::thermometer(codes));
  made.gain = all(made.channels() * static_cast<std::size_t>(codes), made.gain[0] * (255 / (3 * codes)));
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

/// Those of so many input channels from `first` on.
Constant inputs_of(const Constant& weights, int first, int channels) {
  Constant made{weights.dims, workloads::inputs_of(weights.values, weights.dims[1], static_cast<int>(weights.dims[2]),
                                                   first, channels)};
  made.dims[1] = channels;
  return made;
}

SignWeights signs_of(const Constant& weights) {
  SignWeights signs(static_cast<int>(weights.dims[0]), static_cast<int>(weights.dims[1]),
                    static_cast<int>(weights.dims[2]));
  for (std::size_t i = 0; i < weights.values.size(); ++i)
    if (weights.values[i] < 0) signs.set_negative(i);
  return signs;
}

}  // namespace

/// Kernel, stride and padding.
Node QonnxGraph::geometry_of(const NodeProto& node, const QonnxValue& in, const Constant& weights) const {
  onnx::TensorProto shape;
  shape.set_name(node.input(1));
  for (const std::int64_t side : weights.dims) shape.add_dims(side);
  Node geometry;
  read_geometry(file_, node, shape, geometry);
  if (weights.dims[0] < 1 || weights.dims[0] > most_channels ||
      weights.dims[1] != static_cast<std::int64_t>(in.channels()))
    file_.refuse(node,
                 fmt::format("its weights are {}, but its input has {} channels", shape_text(shape), in.channels()));
  if (in.layout != Layout::nchw) file_.refuse(node, "needs [N,C,H,W]; its input is [N,H,W,C]");
  return geometry;
}

QonnxValue QonnxGraph::convolution(const NodeProto& node, const QonnxValue& in, const Constant& weights,
                                   const QonnxOptions& options) {
  const Node geometry = geometry_of(node, in, weights);
  if (in.kind == QonnxKind::image) {
    const QonnxValue codes = through_thermometer(node, in, options);
    return convolution(node, codes, repeated(weights, codes.channels() / in.channels()), options);
  }
  if (in.kind == QonnxKind::concatenated) return over_parts(node, in, weights, geometry);
  return convolved(node, without_suffix(node.input(1)), in, weights, geometry);
}

QonnxValue QonnxGraph::convolved(const NodeProto& node, const std::string& name, const QonnxValue& in,
                                 const Constant& weights, const Node& geometry) {
  QonnxValue value{QonnxKind::sums, -1, magnitudes(node, weights), {}};
  value.node = push(&node, NodeKind::convolution, name, {in.node}, static_cast<int>(weights.dims[0]), geometry);
  made_.weights[static_cast<std::size_t>(value.node)] = signs_of(weights);
  for (Real& gain : value.gain) gain *= in.gain[0];
  value.shift = all(value.gain.size(), 0);
  return value;
}

/// A convolution of concatenated channels is the sum of those of its parts.
QonnxValue QonnxGraph::over_parts(const NodeProto& node, const QonnxValue& in, const Constant& weights,
                                  const Node& geometry) {
  magnitudes(node, weights);
  QonnxValue sum;
  int first = 0;
  for (std::size_t i = 0; i < in.parts.size(); ++i) {
    const int channels = at(in.parts[i]).out.channels;
    const auto count = static_cast<std::size_t>(channels);
    const QonnxValue part{QonnxKind::codes, in.parts[i], all(count, in.gain[0]), all(count, 0)};
    const std::string name = fmt::format("{}.part{}", without_suffix(node.input(1)), i + 1);
    const QonnxValue made = convolved(node, name, part, inputs_of(weights, first, channels), geometry);
    sum = i == 0 ? made : this->sum(node, made, sum);
    first += channels;
  }
  return sum;
}

/// Of each output channel, all of whose weights have it.
std::vector<Real> QonnxGraph::magnitudes(const NodeProto& node, const Constant& weights) const {
  const auto outputs = static_cast<std::size_t>(weights.dims[0]);
  const std::size_t each = weights.values.size() / outputs;
  std::vector<Real> magnitude;
  for (std::size_t o = 0; o < outputs; ++o) {
    magnitude.push_back(std::fabs(weights.values[o * each]));
    for (std::size_t i = o * each; i < (o + 1) * each; ++i)
      if (magnitude[o] == 0 || !is_same_scale(std::fabs(weights.values[i]), magnitude[o]))
        file_.refuse(
            node,
            fmt::format("its weights are not binary: output channel {} has {} and {}; BipolarQuant makes them +-scale",
                        o, static_cast<double>(magnitude[o]), weights.values[i]));
  }
  return magnitude;
}

QonnxValue QonnxGraph::concatenated(const NodeProto& node, const std::vector<QonnxValue>& in) const {
  QonnxValue made = in[0];
  made.kind = QonnxKind::concatenated;
  made.node = -1;
  made.parts.clear();
  made.gain.clear();
  made.shift.clear();
  for (const QonnxValue& each : in) {
    if (each.layout != in[0].layout) file_.refuse(node, "concatenates [N,C,H,W] and [N,H,W,C]");
    if (!is_same_scale(each.gain[0], in[0].gain[0]))
      file_.refuse(node, fmt::format("concatenates codes of two scales, {} and {}: all must have one, that of one "
                                     "quantizer that they share",
                                     static_cast<double>(in[0].gain[0]), static_cast<double>(each.gain[0])));
    const std::vector<int> parts = each.nodes();
    require_concatenable(file_, node, made.parts.size() + parts.size(), made.channels() + each.channels());
    made.parts.insert(made.parts.end(), parts.begin(), parts.end());
    made.gain.insert(made.gain.end(), each.channels(), in[0].gain[0]);
    made.shift.insert(made.shift.end(), each.channels(), 0);
  }
  for (const int part : made.parts)
    if (const Shape& a = at(made.parts[0]).out, &b = at(part).out; a.height != b.height || a.width != b.width)
      file_.refuse(node, fmt::format("concatenates maps of {}x{} and {}x{}; all must have the same height and width",
                                     a.height, a.width, b.height, b.width));
  return made;
}

QonnxValue QonnxGraph::fully_connected(const NodeProto& node, const QonnxValue& in, const Constant& weights) {
  if (weights.dims[1] != static_cast<std::int64_t>(in.channels()) || weights.dims[0] < 1 ||
      weights.dims[0] > most_channels)
    file_.refuse(node, fmt::format("its weights have {} inputs, it has {}", weights.dims[1], in.channels()));
  Node geometry;
  geometry.kernel = 1;
  QonnxValue value = in.parts.empty() ? convolved(node, without_suffix(node.input(1)), in, weights, geometry)
                                      : over_parts(node, in, weights, geometry);
  value = pooled(node, value);
  value.layout = Layout::flat;
  return value;
}

QonnxValue QonnxGraph::activation(const NodeProto& node, const QonnxValue& in,
                                  const std::vector<std::vector<Level>>& levels, Real scale) {
  if (in.kind == QonnxKind::image) return embedded(node, in, levels, scale);
  const int made = push(&node, NodeKind::activation, name_of_node(node), {in.node}, at(in.node).out.channels);
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
  QonnxValue value{QonnxKind::codes, embed(&node, {found[0]}), all(image.channels(), scale), all(image.channels(), 0)};
  value.layout = in.layout;
  return value;
}

QonnxValue QonnxGraph::requantized(const NodeProto& node, const QonnxValue& in, const std::vector<Level>& levels,
                                   Real scale) {
  QonnxValue made = in;
  const bool outside = in.kind == QonnxKind::codes && at(in.node).kind == NodeKind::pixel_embedding && in.gain[0] == 1;
  if (outside) made.gain = all(in.channels(), scale);
  for (int code = 0; code <= 3; ++code)
    if (code_of(code * made.gain[0], levels) != code || !is_same_scale(made.gain[0], scale))
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
  QonnxValue made = younger;
  made.node = push(&node, NodeKind::add, name_of_node(node), {younger.node, older.node}, at(a.node).out.channels);
  for (std::size_t c = 0; c < a.channels(); ++c)
    if (!is_same_scale(a.gain[c], b.gain[c]))
      file_.refuse(node, fmt::format("adds sums of two scales, {} and {} in channel {}: both branches' weight and "
                                     "activation scales must multiply to one",
                                     static_cast<double>(a.gain[c]), static_cast<double>(b.gain[c]), c));
  for (std::size_t c = 0; c < made.channels(); ++c) made.shift[c] += older.shift[c];
  return made;
}

namespace {

bool are_codes(const QonnxValue& value) {
  return value.kind == QonnxKind::codes || value.kind == QonnxKind::concatenated ||
         value.kind == QonnxKind::pooled_codes;
}

}  // namespace

QonnxValue QonnxGraph::scaled(const NodeProto& node, QonnxValue value, const std::vector<double>& by, bool divided) {
  settle_scale(value, divided, by);
  for (std::size_t c = 0; c < by.size(); ++c) {
    const Real factor = divided ? 1 / Real{by[c]} : Real{by[c]};
    if (divided && by[c] == 0) file_.refuse(node, "divides by 0");
    const bool codes = are_codes(value);
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
    const bool fixed = are_codes(value) || value.relu;
    if (fixed && by[c] != 0)
      file_.refuse(node, fmt::format("adds {} to codes, or behind a Relu; in front of the quantizer it fits", by[c]));
    value.shift[c] += subtracted ? -by[c] : by[c];
  }
  return value;
}

QonnxValue QonnxGraph::pooled(const NodeProto& node, const QonnxValue& in) {
  if (in.relu) file_.refuse(node, "pools what went through a Relu; quantize it to 2 bits first");
  QonnxValue made = in;
  if (in.kind == QonnxKind::codes || in.kind == QonnxKind::concatenated) {
    made.kind = QonnxKind::pooled_codes;
    return made;
  }
  made.kind = QonnxKind::pooled;
  if (at(in.node).kind == NodeKind::convolution) at(in.node).role = ConvolutionRole::logits;
  made.node = push(&node, NodeKind::average_pool, "avg_pool", {in.node}, at(in.node).out.channels);
  return made;
}

void QonnxGraph::check_whole_map(const NodeProto& node, const QonnxValue& in) const {
  const Shape& map = at(in.nodes()[0]).out;
  const auto kernel = file_.integers(node, "kernel_shape"), pads = file_.integers(node, "pads");
  const bool padded = std::any_of(pads.begin(), pads.end(), [](std::int64_t each) { return each != 0; });
  if (kernel != std::vector<std::int64_t>{map.height, map.width} || padded)
    file_.refuse(
        node,
        fmt::format("must average the whole map of {}x{}, without pads; strides of convolutions make maps smaller",
                    map.height, map.width));
}

void QonnxGraph::check_single_pixel(const NodeProto& node, const QonnxValue& in) const {
  const Shape& map = at(in.nodes()[0]).out;
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
    if (!std::isfinite(static_cast<float>(output.gain[c])))
      file_.refuse(
          fmt::format("class {} counts in {:.9g}, beyond single precision", c, static_cast<double>(output.gain[c])));
    made_.logit_scale.push_back(static_cast<double>(output.gain[c]));
  }
  settle_roles();
  made_.graph = with_shapes(file_, made_.graph, sources_);
  made_.map_scale.resize(made_.graph.nodes.size());
  return std::move(made_);
}

}  // namespace ernsim::workloads
