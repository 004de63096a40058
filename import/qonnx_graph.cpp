#include "import/qonnx_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "import/onnx_names.h"
#include "import/onnx_shapes.h"
#include "workloads/folding.h"

namespace ernsim::workloads {

namespace {

using onnx::NodeProto;

std::string name_of_node(const NodeProto& node) { return node.name().empty() ? node.output(0) : node.name(); }

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

QonnxValue QonnxGraph::activation(const NodeProto& node, const QonnxValue& in,
                                  const std::vector<std::vector<Level>>& levels, Real scale) {
  if (in.kind == QonnxKind::image) return embedded(node, in, levels, scale);
  const int made = push(&node, NodeKind::activation, name_of_node(node), {in.node}, at(in.node).out.channels);
  for (std::size_t c = 0; c < in.channels(); ++c)
    made_.thresholds[static_cast<std::size_t>(made)].push_back(
        fold_levels(levels[c], in.gain[c], in.shift[c], in.relu));
  QonnxValue value{QonnxKind::codes, upsampled_node(node, made, in.repetition), all(in.channels(), scale),
                   all(in.channels(), 0)};
  value.layout = in.layout;
  return value;
}

QonnxValue QonnxGraph::requantized(const NodeProto& node, const QonnxValue& in, const std::vector<Level>& levels,
                                   Real scale) {
  QonnxValue made = in;
  const bool outside = in.kind == QonnxKind::codes && in.gain[0] == 1 &&
                       (at(in.node).kind == NodeKind::pixel_embedding || at(in.node).kind == NodeKind::code_input);
  if (outside) made.gain = all(in.channels(), scale);
  for (int code = 0; code <= 3; ++code)
    if (code_of(code * made.gain[0], levels) != code || !is_same_scale(made.gain[0], scale))
      file_.refuse(node, fmt::format("makes other codes of codes: one step of them is {}, its scale {}",
                                     static_cast<double>(in.gain[0]), static_cast<double>(scale)));
  return made;
}

int QonnxGraph::upsampled_node(const NodeProto& node, int of, int repetition) {
  if (repetition == 1) return of;
  if (at(of).kind == NodeKind::pixel_embedding || at(of).kind == NodeKind::code_input)
    file_.refuse(node,
                 "upsamples what the pixel embedding makes, which is not in memory; a larger picture is the same");
  const bool again = at(of).kind == NodeKind::upsampling;
  const int from = again ? at(of).inputs[0] : of, times = repetition * (again ? at(of).repetition : 1);
  if (times > largest_repetition)
    file_.refuse(node, fmt::format("repeats pixels {} times in all, may {}", times, largest_repetition));
  Node geometry;
  geometry.repetition = times;
  return push(&node, NodeKind::upsampling, fmt::format("{}.x{}", at(from).name, times), {from}, at(from).out.channels,
              geometry);
}

QonnxValue QonnxGraph::upsampled(const NodeProto& node, QonnxValue value, int repetition) {
  if (value.kind == QonnxKind::codes) value.node = upsampled_node(node, value.node, repetition);
  for (int& part : value.parts) part = upsampled_node(node, part, repetition);
  if (value.kind != QonnxKind::sums) return value;
  value.repetition *= repetition;
  if (value.repetition > largest_repetition)
    file_.refuse(node, fmt::format("repeats pixels {} times in all, may {}", value.repetition, largest_repetition));
  return value;
}

Shape QonnxGraph::map_of(const QonnxValue& value) const {
  Shape map = at(value.nodes()[0]).out;
  map.height *= value.repetition;
  map.width *= value.repetition;
  return map;
}

QonnxValue QonnxGraph::sum(const NodeProto& node, const QonnxValue& first, const QonnxValue& second) {
  QonnxValue a = first, b = second;
  for (QonnxValue* each : {&a, &b}) each->node = upsampled_node(node, each->node, std::exchange(each->repetition, 1));
  if (a.relu || b.relu) file_.refuse(node, "adds what went through a Relu; sums are added as they are, before it");
  if (a.layout != b.layout) file_.refuse(node, "adds [N,C,H,W] and [N,H,W,C]");
  if (a.node == b.node) file_.refuse(node, "adds a value to itself");
  const bool a_is_younger = origin_of(made_.graph, a.node) > origin_of(made_.graph, b.node);
  const QonnxValue &younger = a_is_younger ? a : b, &older = a_is_younger ? b : a;
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
  if (in.repetition > 1) file_.refuse(node, "pools what is upsampled; the mean of the map before it is the same");
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
