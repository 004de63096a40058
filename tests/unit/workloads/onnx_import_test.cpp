#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"

// Whole networks, there and back.

using namespace ernsim;
using namespace ernsim::test;

TEST_CASE("every built-in network comes back from its ONNX file") {
  for (const auto& name : workloads::network_names()) {
    const Network made = network(name, {"released", 64, 96, 10});
    const OnnxOnDisk file(export_onnx(made.graph, made.parameters));
    const auto imported = workloads::import_onnx(file.path());
    require_equal(imported.graph, made.graph);
    for (std::size_t i = 0; i < made.graph.nodes.size(); ++i)
      CHECK((imported.parameters.signs[i] == made.parameters.signs[i]));
  }
}

TEST_CASE("the paper's stem and every thermometer come back from an ONNX file") {
  for (const int thermometer : {10, 21, 32}) {
    const Network made = network("ERNs18x075", {"paper", 32, 64, thermometer});
    const OnnxOnDisk file(export_onnx(made.graph, made.parameters));
    require_equal(workloads::import_onnx(file.path()).graph, made.graph);
  }
}

TEST_CASE("an exported network comes back with every threshold, sign and quantizer") {
  const Network made = network("ERNs18x075", {"released", 33, 47, 7});
  const OnnxOnDisk file(workloads::export_onnx({made.graph, made.parameters}));
  const auto imported = workloads::import_onnx(file.path());
  require_equal(imported.graph, made.graph);
  const auto found = workloads::fold(imported.graph, imported.parameters);
  const auto expected = workloads::fold(made.graph, made.parameters);
  std::size_t different = 0;
  for (std::size_t i = 0; i < made.graph.nodes.size(); ++i) {
    CHECK((found.weights[i] == expected.weights[i]));
    REQUIRE(found.thresholds[i].size() == expected.thresholds[i].size());
    for (std::size_t c = 0; c < expected.thresholds[i].size(); ++c) {
      const auto &a = found.thresholds[i][c], &b = expected.thresholds[i][c];
      different += a.direction != b.direction ||
                           !std::equal(std::begin(a.thresholds), std::end(a.thresholds), std::begin(b.thresholds))
                       ? 1
                       : 0;
    }
  }
  CHECK(different == 0);
  for (std::size_t c = 0; c < expected.logit_scale.size(); ++c)
    CHECK(found.logit_scale[c] == Approx(expected.logit_scale[c]).epsilon(1e-6));
}

TEST_CASE("heads that are maps, grey pictures and other quantizers come back from an ONNX file") {
  auto graph = workloads::build(workloads::parse_plan(
      "stem = \"other\"\ncolours = 1\ninput_height = 20\ninput_width = 31\n[stem1]\nwidth = 12\nkernel = 4\nstride = "
      "3\n"
      "[stage1]\nwidth = 21\nblocks = 2\n[head1]\nstage = 1\nchannels = 6\nkernel = 3\npool = false\n",
      "mine.toml", {}));
  for (auto& node : graph.nodes)
    if (node.name == "backbone.layer1.0.act1") node.quantizer = {2.0, 0.25, 2, 1.0};
  graph.nodes[1].padding = 1;
  graph.nodes[1].padding.top = 3;
  graph = workloads::resized(graph, 20, 31);
  const auto parameters = workloads::seeded_parameters(graph, 3);
  const OnnxOnDisk file(workloads::export_onnx({graph, parameters}));
  const auto imported = workloads::import_onnx(file.path());
  require_equal(imported.graph, graph);
  CHECK(imported.graph.colours == 1);
  const auto network = workloads::fold(imported.graph, imported.parameters);
  CHECK(network.logit_scale.empty());
  CHECK(network.map_scale.back().size() == 6);
}

TEST_CASE("a file that leaves the sides of its picture open says so") {
  auto model = small_model();
  const OnnxOnDisk whole(model);
  CHECK(workloads::import_onnx(whole.path()).sized);
  auto& shape = *model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
  shape.mutable_dim(2)->set_dim_param("height");
  shape.mutable_dim(3)->set_dim_param("width");
  const OnnxOnDisk open(model);
  const auto imported = workloads::import_onnx(open.path());
  CHECK_FALSE(imported.sized);
  require_equal(workloads::resized(imported.graph, 32, 32), workloads::import_onnx(whole.path()).graph);
}
