#include "import/onnx_sum.h"

#include <fmt/format.h>

#include <algorithm>

#include "import/onnx_names.h"
#include "import/onnx_scaling.h"
#include "import/onnx_upsampling.h"
#include "workloads/folding.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

/// Moves a convolution that only this sum reads behind the sum that it is added to.
std::vector<int> in_order(OnnxBuild& build, const NodeProto& node, const OnnxValue& older, int sum) {
  const int from = older.node;
  const auto reads = [from](const Node& each) {
    return std::find(each.inputs.begin(), each.inputs.end(), from) != each.inputs.end();
  };
  const auto& nodes = build.made().graph.nodes;
  if (build.at(from).kind != NodeKind::convolution || !older.alone || std::any_of(nodes.begin(), nodes.end(), reads))
    build.file().refuse(
        node, fmt::format("adds {} and {}: one of its inputs must be a convolution that nothing else reads, whose "
                          "accumulators the other is added to",
                          build.at(from).name, build.at(sum).name));
  build.move_behind(from, sum);
  return {sum, sum - 1};
}

void require_one_scale(OnnxBuild& build, const NodeProto& node, const std::vector<int>& inputs) {
  const ImportedNetwork& made = build.made();
  const auto a = integer_scale(made.graph, made.parameters, inputs[0]);
  const auto b = integer_scale(made.graph, made.parameters, inputs[1]);
  for (std::size_t c = 0; c < a.size(); ++c)
    if (!is_same_scale(a[c], b[c]))
      build.file().refuse(
          node, fmt::format("adds channel {} of {}, which counts in {:.9g}, and of {}, which counts in {:.9g}; "
                            "both must count in the same",
                            c, build.at(inputs[0]).name, a[c], build.at(inputs[1]).name, b[c]));
}

/// The two nodes of a sum, the convolution whose accumulators the other is added to first.
std::vector<int> summands(OnnxBuild& build, const NodeProto& node, OnnxValue a, OnnxValue b) {
  const OnnxFile& file = build.file();
  if (a.node == b.node) file.refuse(node, "adds a value to itself");
  if (build.channels_of(a.node) != build.channels_of(b.node))
    file.refuse(node, fmt::format("adds {} and {} channels", build.channels_of(a.node), build.channels_of(b.node)));
  // The block's last convolution first: the other is its downsample or the sum before it, and older.
  if (a.node < b.node) std::swap(a, b);
  if (build.at(a.node).kind != NodeKind::convolution) return in_order(build, node, b, a.node);
  return {a.node, b.node};
}

}  // namespace

void absorb_gain(OnnxBuild& build, const NodeProto& node, int index, OnnxValue& in) {
  if (in.kind == OnnxKind::normalised) in.affine = affine_of(*in.norm);
  if (in.affine.gain.empty()) return;
  const bool can = in.alone && build.at(in.node).kind == NodeKind::convolution &&
                   std::all_of(in.affine.gain.begin(), in.affine.gain.end(), [](double gain) { return gain > 0; });
  if (!can)
    build.file().refuse(
        node, fmt::format("input {} is {} times a factor, which must be above 0, of a convolution, and read by "
                          "nothing else",
                          index, build.at(in.node).name));
  auto& magnitude = build.made().parameters.magnitude[static_cast<std::size_t>(in.node)];
  for (std::size_t c = 0; c < magnitude.size(); ++c) magnitude[c] *= in.affine.gain[c];
  in.affine.gain.clear();
}

int push_sum(OnnxBuild& build, const NodeProto& node, std::vector<int> inputs) {
  require_one_scale(build, node, inputs);
  for (const int input : inputs)
    if (Node& origin = build.at(origin_of(build.made().graph, input)); origin.kind == NodeKind::convolution)
      origin.role = ConvolutionRole::residual;
  const int channels = build.at(inputs[0]).out.channels;
  const std::string name = add_name(build.at(inputs[0]).name);
  return build.push(node, NodeKind::add, name, std::move(inputs), channels);
}

void read_add(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  if (file.is_constant(file.input(node, 0)) || file.is_constant(file.input(node, 1))) return read_shift(build, node);
  std::vector<OnnxValue> in;
  Affine together;
  for (int i = 0; i < 2; ++i) {
    in.push_back(build.value(node, i, {OnnxKind::accumulators, OnnxKind::sums, OnnxKind::normalised}));
    absorb_gain(build, node, i, in.back());
    in.back().node = push_repeated(build, node, in.back().node, in.back().repetition);
    if (!in.back().affine.shift.empty()) together = shifted(std::move(together), in.back().affine.shift);
  }
  std::vector<int> inputs = summands(build, node, in[0], in[1]);
  OnnxValue made{OnnxKind::sums, push_sum(build, node, std::move(inputs))};
  made.affine = std::move(together);
  build.produce(node, std::move(made));
}

}  // namespace ernsim::workloads
