#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"
#include "workloads/folding.h"

// Sums of two values.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

TEST_CASE("a sum of two scales is refused with its node and both") {
  auto model = small_model();
  node_of(model, "/backbone.layer1.0.conv2/p").mutable_attribute(0)->mutable_t()->set_float_data(0, 16);
  CHECK_THAT(refusal_of(model),
             Contains("'/backbone.layer1.0.add'") && Contains("counts in 0.0625") && Contains("counts in 0.03125"));
}

TEST_CASE("a sum of one scale that is no power of two is accepted, and its activation knows it") {
  auto model = small_model();
  for (auto& node : *model.mutable_graph()->mutable_node())
    if (node.op_type() == "Constant" && node.name().rfind("/p") == node.name().size() - 2)
      node.mutable_attribute(0)->mutable_t()->set_float_data(0, 24);
  const OnnxOnDisk file(model);
  const auto imported = workloads::import_onnx(file.path());
  for (std::size_t n = 0; n < imported.graph.nodes.size(); ++n)
    if (imported.graph.nodes[n].kind == workloads::NodeKind::add)
      CHECK(workloads::integer_scale(imported.graph, imported.parameters, static_cast<int>(n))[0] == 1.0 / 24);
}

TEST_CASE("an addition of two picture sizes is refused with the node and both shapes") {
  auto model = small_model();
  auto& strides = attribute_of(node_of(model, "/backbone.layer2.0.downsample"), "strides");
  strides.set_ints(0, 1);
  strides.set_ints(1, 1);
  CHECK_THAT(refusal_of(model),
             Contains("'/backbone.layer2.0.add' (Add)") && Contains("[128,4,4]") && Contains("[128,8,8]"));
}

TEST_CASE("an addition of a value to itself is refused") {
  auto model = small_model();
  auto& add = node_of(model, "/backbone.layer1.0.add");
  add.set_input(1, add.input(0));
  CHECK_THAT(refusal_of(model), Contains("'/backbone.layer1.0.add'") && Contains("to itself"));
}
