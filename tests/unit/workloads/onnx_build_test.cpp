#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/workloads/onnx_small_model.h"

// Values and their names.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

namespace {

/// In front of the node `before`.
void insert_identity(onnx::ModelProto& model, const std::string& before, const std::string& of,
                     const std::string& name) {
  auto& nodes = *model.mutable_graph()->mutable_node();
  auto* made = nodes.Add();
  made->set_op_type("Identity");
  made->add_input(of);
  made->add_output(name);
  for (int at = nodes.size() - 1; at > 0; --at) {
    nodes.SwapElements(at, at - 1);
    if (nodes.Get(at).name() == before) return;
  }
}

}  // namespace

TEST_CASE("a node whose result nobody uses is refused") {
  auto model = small_model();
  auto copy = node_of(model, "/backbone.conv2");
  copy.set_name("extra");
  copy.set_output(0, "extra");
  copy.set_input(1, "backbone.conv2/q");
  auto renamed = copy;
  *model.mutable_graph()->add_node() = renamed;
  CHECK_THAT(refusal_of(model), Contains("node 'extra' (Conv): its result is not used"));
}

TEST_CASE("a value that two nodes make is refused") {
  auto model = small_model();
  node_of(model, "/backbone.conv2").set_output(0, "backbone.conv1");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.conv2'") && Contains("made twice"));
}

TEST_CASE("Identity of a constant, of weights and of a value changes nothing but names") {
  auto model = small_model();
  const OnnxOnDisk plain(model);
  insert_identity(model, "/backbone.bn2", "backbone.bn1.bias", "alias.bias");
  insert_identity(model, "/backbone.conv2", "backbone.conv2/q", "alias/q");
  insert_identity(model, "/backbone.conv2", "backbone.act1", "alias/act1");
  node_of(model, "/backbone.bn2").set_input(2, "alias.bias");
  auto& convolution = node_of(model, "/backbone.conv2");
  convolution.set_input(0, "alias/act1");
  convolution.set_input(1, "alias/q");
  const OnnxOnDisk file(model);
  const auto found = workloads::import_onnx(file.path()), expected = workloads::import_onnx(plain.path());
  require_equal(found.graph, expected.graph);
  for (std::size_t i = 0; i < expected.graph.nodes.size(); ++i)
    CHECK((found.parameters.signs[i] == expected.parameters.signs[i]));
  const auto bias_of = [](const workloads::ImportedNetwork& network, const std::string& name) {
    for (std::size_t i = 0; i < network.graph.nodes.size(); ++i)
      if (network.graph.nodes[i].name == name) return network.parameters.batch_norm[i].beta;
    throw std::runtime_error(name);
  };
  CHECK(bias_of(found, "backbone.act2") == bias_of(expected, "backbone.act1"));
}

TEST_CASE("Dropout changes nothing, and is refused in training mode") {
  auto model = small_model();
  auto& nodes = *model.mutable_graph()->mutable_node();
  insert_identity(model, "/backbone.conv2", "backbone.act1", "dropped");
  for (auto& node : nodes)
    if (node.output(0) == "dropped") node.set_op_type("Dropout");
  node_of(model, "/backbone.conv2").set_input(0, "dropped");
  const OnnxOnDisk file(model), plain(small_model());
  require_equal(workloads::import_onnx(file.path()).graph, workloads::import_onnx(plain.path()).graph);
  auto* mode = model.mutable_graph()->add_initializer();
  mode->set_name("training");
  mode->set_data_type(onnx::TensorProto::INT32);
  mode->add_int32_data(1);
  for (auto& node : nodes)
    if (node.output(0) == "dropped") {
      node.add_input("");
      node.add_input("training");
    }
  CHECK_THAT(refusal_of(model), Contains("(Dropout)") && Contains("training_mode"));
}

TEST_CASE("nodes that share their initializers get names that differ, those of their modules if they say them") {
  const bool says = GENERATE(true, false);
  auto model = small_model();
  auto& shares = node_of(model, "/backbone.bn2");
  for (int i = 1; i < 5; ++i) shares.set_input(i, node_of(model, "/backbone.bn1").input(i));
  if (!says) shares.set_name("BatchNormalization_7");
  const OnnxOnDisk file(model);
  const auto found = workloads::import_onnx(file.path());
  std::set<std::string> names;
  for (const auto& node : found.graph.nodes) CHECK(names.insert(node.name).second);
  CHECK(names.count(says ? "backbone.act2" : "backbone.act1_2") == 1);
}
