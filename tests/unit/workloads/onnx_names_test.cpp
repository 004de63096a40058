#include <catch2/catch.hpp>
#include <map>

#include "import/onnx_tensor.h"
#include "tests/unit/workloads/onnx_small_model.h"
#include "workloads/network_file.h"

// What nodes are called whose initializers are not their own.

using namespace ernsim;
using namespace ernsim::test;

namespace {

constexpr const char* blocks = R"(
input_height = 32
input_width = 32
thermometer = 2
classes = 5
[stage1]
width = 64
blocks = 2
[stage2]
width = 64
blocks = 1
)";

/// "backbone.layer1.0.bn0" -> "/backbone/layer1/layer1.0/bn0"; those of the stem's downsampling are in a module that
/// lends them to the one around it.
std::string path_of(const std::string& module) {
  std::string path, part;
  for (const char each : module + ".") {
    if (each != '.') {
      part += each;
      continue;
    }
    const bool number = part.find_first_not_of("0123456789") == std::string::npos;
    path += (number ? "/" + path.substr(path.rfind('/') + 1) + "." : "/") + part;
    part.clear();
  }
  const auto found = path.find("_downsample");
  return found == std::string::npos ? path : "/backbone/downsample" + path.substr(path.rfind('/'));
}

/// Names of nodes as torch gives them, and all batch normalisations alike, as before training.
onnx::ModelProto untrained() {
  const auto graph = workloads::build(workloads::parse_plan(blocks, "blocks.toml", {}));
  auto parameters = workloads::seeded_parameters(graph, 1);
  for (auto& norm : parameters.batch_norm) {
    norm.gamma.assign(norm.gamma.size(), 1);
    norm.beta.assign(norm.beta.size(), 0);
    norm.mean.assign(norm.mean.size(), 0);
    norm.variance.assign(norm.variance.size(), 1);
  }
  auto model = export_onnx(graph, parameters);
  for (auto& node : *model.mutable_graph()->mutable_node()) {
    const std::string module = node.name().substr(1);
    if (node.op_type() == "BatchNormalization") node.set_name(path_of(module) + "/" + node.op_type());
    if (const auto found = module.find("/quantizer"); found != std::string::npos)
      node.set_name(path_of(module.substr(0, found)) + "/weight_quantizer/" + node.op_type());
  }
  // The exporter of this program nudges means for thresholds; here they are alike.
  for (auto& tensor : *model.mutable_graph()->mutable_initializer())
    if (tensor.name().find("running_mean") != std::string::npos)
      tensor.set_raw_data(std::string(tensor.raw_data().size(), 0));
  return model;
}

/// Of tensors with the same elements the first alone stays.
onnx::ModelProto merged(const onnx::ModelProto& model) {
  onnx::ModelProto made = model;
  std::map<std::string, std::string> kept, instead;
  made.mutable_graph()->clear_initializer();
  for (const auto& tensor : model.graph().initializer()) {
    const auto [first, is_new] = kept.emplace(tensor.raw_data(), tensor.name());
    instead[tensor.name()] = first->second;
    if (is_new) *made.mutable_graph()->add_initializer() = tensor;
  }
  for (auto& node : *made.mutable_graph()->mutable_node())
    for (auto& input : *node.mutable_input())
      if (const auto found = instead.find(input); found != instead.end()) input = found->second;
  return made;
}

}  // namespace

TEST_CASE("Names are those of the export in which equal initializers were not merged") {
  const auto apart = untrained(), together = merged(apart);
  REQUIRE(together.graph().initializer_size() < apart.graph().initializer_size() / 2);
  const OnnxOnDisk expected(apart), found(together);
  require_equal(workloads::import_onnx(found.path()).graph, workloads::import_onnx(expected.path()).graph);
}

TEST_CASE("A refusal is one line, whatever names the file has") {
  auto model = small_model();
  node_of(model, "/pool").set_name("two\nlines\r\x1b[1m");
  node_of(model, "two\nlines\r\x1b[1m").set_op_type("MaxPool");
  CHECK_THAT(refusal_of(model), Catch::Contains("'two\\x0alines\\x0d\\x1b[1m' (MaxPool)"));
}
