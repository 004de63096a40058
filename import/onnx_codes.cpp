#include "import/onnx_codes.h"

#include "import/onnx_embedding.h"
#include "import/onnx_names.h"
#include "import/onnx_quantizer.h"

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
  const std::string name = in.norm ? activation_name(in.norm_name) : build.at(in.node).name + ".act";
  const int made = build.push(node, NodeKind::activation, name, {in.node}, build.at(in.node).out.channels);
  build.at(made).batch_norm = in.norm ? in.norm_name : name + ".bn";
  build.at(made).quantizer = quantizer;
  build.made().parameters.batch_norm[static_cast<std::size_t>(made)] =
      in.norm ? *in.norm : before(in.affine, no_batch_norm(build.channels_of(in.node)));
  build.produce(node, OnnxKind::codes, made);
}

}  // namespace ernsim::workloads
