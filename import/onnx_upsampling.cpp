#include "import/onnx_upsampling.h"

#include <fmt/format.h>

#include "import/onnx_resize.h"
#include "workloads/error.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

using onnx::NodeProto;

namespace {

/// As far as the graph has been read.
Shape shape_of(OnnxBuild& build, const NodeProto& node, int of) {
  const Graph& graph = build.made().graph;
  try {
    return resized(graph, graph.input_height, graph.input_width).nodes[static_cast<std::size_t>(of)].out;
  } catch (const WorkloadError& error) {
    build.file().refuse(node, error.what());
  }
}

/// What sizes are of those that the map has.
std::vector<double> scales_of(OnnxBuild& build, const NodeProto& node, const std::vector<double>& sizes, int of) {
  const OnnxFile& file = build.file();
  if (!build.made().sized) file.refuse(node, "has sizes for a picture of any size; scales fit");
  if (sizes.size() != 4) file.refuse(node, "sizes must be four");
  const Shape shape = shape_of(build, node, of);
  return {sizes[0], sizes[1] / shape.channels, sizes[2] / shape.height, sizes[3] / shape.width};
}

}  // namespace

int push_repeated(OnnxBuild& build, const NodeProto& node, int codes, int repetition) {
  if (repetition == 1) return codes;
  if (build.at(codes).kind == NodeKind::pixel_embedding || build.at(codes).kind == NodeKind::code_input)
    build.file().refuse(node,
                        "upsamples what the pixel embedding makes, which is not in memory; a larger picture is "
                        "the same");
  const bool again = build.at(codes).kind == NodeKind::upsampling;
  const int from = again ? build.at(codes).inputs[0] : codes,
            times = repetition * (again ? build.at(codes).repetition : 1);
  if (times > largest_repetition)
    build.file().refuse(node, fmt::format("repeats pixels {} times in all, may {}", times, largest_repetition));
  const int made = build.push(node, NodeKind::upsampling, fmt::format("{}.x{}", build.at(from).name, times), {from},
                              build.at(from).out.channels);
  build.at(made).repetition = times;
  return made;
}

void read_upsampling(OnnxBuild& build, const NodeProto& node) {
  const OnnxFile& file = build.file();
  OnnxValue in = build.value(
      node, 0, {OnnxKind::codes, OnnxKind::concatenated, OnnxKind::accumulators, OnnxKind::sums, OnnxKind::normalised});
  const ResizeInputs from = resize_inputs(file, node);
  const int of = in.nodes()[0];
  const std::vector<double> scales =
      from.scales >= 0 ? file.values(node, from.scales) : scales_of(build, node, file.values(node, from.sizes), of);
  const int times = repetition_of(file, node, scales, 2);
  if (in.kind == OnnxKind::codes) {
    in.node = push_repeated(build, node, in.node, times);
  } else if (in.kind == OnnxKind::concatenated) {
    for (int& part : in.parts) part = push_repeated(build, node, part, times);
  } else {
    in.repetition *= times;
    if (in.repetition > largest_repetition)
      file.refuse(node, fmt::format("repeats pixels {} times in all, may {}", in.repetition, largest_repetition));
  }
  build.produce(node, std::move(in));
}

}  // namespace ernsim::workloads
