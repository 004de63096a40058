#include "import/onnx_codes.h"

#include <fmt/format.h>

#include "import/onnx_embedding.h"
#include "import/onnx_names.h"
#include "import/onnx_quantizer.h"
#include "import/onnx_shapes.h"
#include "import/onnx_upsampling.h"
#include "workloads/folding.h"

namespace ernsim::workloads {

void read_pixel_embedding(OnnxBuild& build, const onnx::NodeProto& node) {
  Graph& graph = build.made().graph;
  build.value(node, 0, {OnnxKind::image});
  if (!graph.nodes.empty()) build.file().refuse(node, "is a second pixel embedding");
  graph.embedding = embedding_of(build.file(), node, graph.colours);
  graph.thermometer = static_cast<int>(graph.embedding.size());
  const int channels = graph.colours * graph.thermometer;
  build.produce(node, OnnxKind::codes, build.push(node, NodeKind::pixel_embedding, "pixel_embedding", {}, channels));
}

void read_activation(OnnxBuild& build, const onnx::NodeProto& node) {
  const OnnxValue in = build.value(node, 0, {OnnxKind::normalised, OnnxKind::accumulators, OnnxKind::sums});
  const Quantizer quantizer = quantizer_of(build.file(), node);
  const std::string norm_name = in.norm ? in.norm_name : build.at(in.node).name + ".bn";  // of what an export writes
  const std::string name = activation_name(norm_name);
  const int made = build.push(node, NodeKind::activation, name, {in.node}, build.at(in.node).out.channels);
  build.at(made).batch_norm = norm_name;
  build.at(made).quantizer = quantizer;
  build.made().parameters.batch_norm[static_cast<std::size_t>(made)] =
      in.norm ? *in.norm : before(in.affine, no_batch_norm(build.channels_of(in.node)));
  build.produce(node, OnnxKind::codes, push_repeated(build, node, made, in.repetition));
}

void read_concatenation(OnnxBuild& build, const onnx::NodeProto& node) {
  const OnnxFile& file = build.file();
  const auto axis = file.integers(node, "axis");
  if (axis.size() != 1 || (axis[0] != 1 && axis[0] != 1 - 4)) file.refuse(node, "axis must be 1: that of channels");
  OnnxValue made{OnnxKind::concatenated, -1};
  std::size_t channels = 0;
  for (int i = 0; i < node.input_size(); ++i) {
    const OnnxValue in = build.value(node, i, {OnnxKind::codes, OnnxKind::concatenated});
    const std::vector<int> parts = in.nodes();
    for (const int part : parts) channels += build.channels_of(part);
    require_concatenable(file, node, made.parts.size() + parts.size(), channels);
    made.parts.insert(made.parts.end(), parts.begin(), parts.end());
  }
  if (made.parts.empty()) file.refuse(node, "has no input");
  for (const int part : made.parts)
    if (const double a = code_step(build.made().graph, made.parts[0]), b = code_step(build.made().graph, part);
        !is_same_scale(a, b))
      file.refuse(node, fmt::format("concatenates codes of {}, worth {:.9g} each, and of {}, worth {:.9g}; all must be "
                                    "worth the same",
                                    build.at(made.parts[0]).name, a, build.at(part).name, b));
  build.produce(node, std::move(made));
}

}  // namespace ernsim::workloads
