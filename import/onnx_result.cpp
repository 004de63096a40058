#include "import/onnx_result.h"

#include <fmt/format.h>

#include <algorithm>

#include "import/onnx_sum.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

/// A convolution, or a sum that is pooled, whose values are a result.
void make_head(OnnxBuild& build, const NodeProto& node, OnnxValue in, bool pooled) {
  const OnnxFile& file = build.file();
  if (in.repetition > 1)
    file.refuse(node,
                "its result is upsampled, which the hardware does in front of other layers only; the map before it "
                "says the same");
  absorb_gain(build, node, 0, in);
  Node& head = build.at(in.node);
  for (const double each : in.affine.shift)
    if (each != 0) file.refuse(node, fmt::format("{} has a bias; results are integers times a scale", head.name));
  if (head.kind == NodeKind::convolution)
    head.role = ConvolutionRole::logits;
  else if (!pooled)
    file.refuse(node, fmt::format("{} is a sum; a map that is a result must be a convolution's", head.name));
}

void read_output(OnnxBuild& build, const std::string& name) {
  const OnnxFile& file = build.file();
  const auto found = build.use(name);
  if (!found) file.refuse(fmt::format("its output '{}' is made by no node", name));
  if (found->kind == OnnxKind::pooled) return;
  const NodeProto* const maker = build.maker_of(name);
  if (maker == nullptr ||
      (found->kind != OnnxKind::accumulators && found->kind != OnnxKind::sums && found->kind != OnnxKind::normalised))
    file.refuse(fmt::format("its output '{}' is {}; a result is what an average pooling or a convolution gives", name,
                            name_of(found->kind)));
  make_head(build, *maker, *found, false);
}

}  // namespace

void produce_pooled(OnnxBuild& build, const NodeProto& node, int graph_node) {
  build.produce(node, OnnxKind::pooled,
                build.push(node, NodeKind::average_pool, "avg_pool", {graph_node}, build.at(graph_node).out.channels));
}

void read_average_pool(OnnxBuild& build, const NodeProto& node) {
  const OnnxValue in =
      build.value(node, 0, {OnnxKind::accumulators, OnnxKind::sums, OnnxKind::codes, OnnxKind::concatenated});
  if (in.kind == OnnxKind::codes || in.kind == OnnxKind::concatenated) {
    OnnxValue pooled = in;
    pooled.kind = OnnxKind::pooled_codes;
    return build.produce(node, std::move(pooled));
  }
  make_head(build, node, in, true);
  produce_pooled(build, node, in.node);
}

void read_flatten(OnnxBuild& build, const NodeProto& node) {
  build.produce(node, build.value(node, 0, {OnnxKind::pooled, OnnxKind::pooled_codes}));
}

void read_outputs(OnnxBuild& build) {
  const OnnxFile& file = build.file();
  if (file.graph().output_size() == 0) file.refuse("has no output");
  for (const auto& output : file.graph().output()) read_output(build, output.name());
  build.require_all_used();
  const auto& nodes = build.made().graph.nodes;
  const auto pools =
      std::count_if(nodes.begin(), nodes.end(), [](const Node& node) { return node.kind == NodeKind::average_pool; });
  if (pools > 1) file.refuse("has more than one average pooling; the host does one");
}

}  // namespace ernsim::workloads
