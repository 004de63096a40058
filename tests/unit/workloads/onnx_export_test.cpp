#include <catch2/catch.hpp>

#include "refusal.h"
#include "tests/support/joined_model.h"
#include "tests/unit/workloads/onnx_small_model.h"
#include "workloads/folding.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

workloads::ImportedNetwork read(const onnx::ModelProto& model) {
  return workloads::import_onnx(test::OnnxOnDisk(model).path());
}

/// The network that is written and read again computes the same.
void require_same_after_export(const workloads::ImportedNetwork& network) {
  onnx::ModelProto written;
  written.ParseFromString(workloads::export_onnx(network));
  const auto again = read(written);
  REQUIRE(again.graph.nodes.size() == network.graph.nodes.size());
  const auto a = workloads::fold(network.graph, network.parameters), b = workloads::fold(again.graph, again.parameters);
  CHECK(a.weights == b.weights);
  for (std::size_t n = 0; n < a.graph.nodes.size(); ++n) {
    INFO(a.graph.nodes[n].name << " and " << b.graph.nodes[n].name);
    CHECK(a.graph.nodes[n].inputs == b.graph.nodes[n].inputs);
    REQUIRE(a.thresholds[n].size() == b.thresholds[n].size());
    for (std::size_t c = 0; c < a.thresholds[n].size(); ++c) {
      CHECK(a.thresholds[n][c].direction == b.thresholds[n][c].direction);
      CHECK(std::equal(std::begin(a.thresholds[n][c].thresholds), std::end(a.thresholds[n][c].thresholds),
                       std::begin(b.thresholds[n][c].thresholds)));
    }
  }
}

}  // namespace

TEST_CASE("a network whose nodes are called as other tensors of its file are is read again after its export") {
  for (const std::string name : {"image", "pooled", "logits", "embedding", "embedding.weight", "conv.weight", "conv/q",
                                 "backbone.last_bn_layer1", "/conv/p_output"}) {
    INFO(name);
    auto network = read(test::chain_model());
    for (auto& node : network.graph.nodes)
      if (node.name == "backbone.layer1.1.conv1") node.name = name;
    require_same_after_export(network);
  }
}

TEST_CASE("batch normalisations that share their initializers are read again after their export") {
  auto model = test::chain_model();
  auto& shares = test::node_of(model, "/backbone.layer1.1.bn0");
  for (int i = 1; i < 5; ++i) shares.set_input(i, test::node_of(model, "/backbone.layer1.0.bn0").input(i));
  shares.set_name("BatchNormalization_7");
  require_same_after_export(read(model));
}

TEST_CASE("an activation without a batch normalisation is called the same after its export") {
  auto model = test::chain_model();
  test::node_of(model, "/backbone.layer1.1.act0").set_input(0, test::node_of(model, "/backbone.layer1.1.bn0").input(0));
  auto& nodes = *model.mutable_graph()->mutable_node();
  for (int n = 0; n < nodes.size(); ++n)
    if (nodes[n].name() == "/backbone.layer1.1.bn0") nodes.DeleteSubrange(n--, 1);
  const auto network = read(model);
  onnx::ModelProto written;
  written.ParseFromString(workloads::export_onnx(network));
  const auto again = read(written);
  REQUIRE(again.graph.nodes.size() == network.graph.nodes.size());
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n)
    CHECK(again.graph.nodes[n].name == network.graph.nodes[n].name);
}

TEST_CASE("two activations behind one batch normalisation are read again after their export") {
  auto model = test::chain_model();
  auto second = test::node_of(model, "/backbone.layer1.1.act0");
  second.set_name("second");
  second.set_output(0, "second");
  auto& nodes = *model.mutable_graph()->mutable_node();
  nodes.Add()->CopyFrom(second);
  for (int at = nodes.size() - 1; nodes.Get(at - 1).name() != "/backbone.layer1.1.act0"; --at)
    nodes.SwapElements(at, at - 1);
  test::join(model, "conv", {"second", "backbone.last_act_layer1"}, 5, 1);
  require_same_after_export(read(model));
}

TEST_CASE("a graph with two pooled results is not exported") {
  auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
  workloads::Node second = graph.nodes.back();
  second.name = "second";
  graph.nodes.push_back(second);
  const auto parameters = workloads::seeded_parameters(graph, 1);
  CHECK_THAT(test::refusal_of([&] {
               workloads::export_onnx({graph, parameters});
             }),
             Contains("second: ") && Contains("pooled"));
}
