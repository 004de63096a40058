#include <catch2/catch.hpp>

#include "config/user_error.h"
#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/network_file.h"

// Convolutions whose kernel positions are further apart than one pixel.

using namespace ernsim;
using namespace ernsim::test;
using namespace ernsim::workloads;
using Catch::Contains;

namespace {

constexpr const char* plan_of_two = "stem = \"other\"\ninput_height = 20\ninput_width = 31\n[stem1]\nwidth = 12\n";

Graph dilated_graph(const std::string& stage) {
  return build(parse_plan(plan_of_two + std::string("[stage1]\nwidth = 9\n") + stage, "mine.toml", {}));
}

/// A drawn network whose inner convolution has those attributes.
onnx::ModelProto with_dilations(unsigned seed, const std::vector<std::int64_t>& dilations,
                                const std::vector<std::int64_t>& pads, int kernel = 3, int stride = 1) {
  Drawn drawn(seed);
  auto& model = drawn.model;
  const std::string stem =
      drawn.activation("stem", drawn.convolution("conv", model.quant("q", "image", 0.25F), 8, 3, 3, 1), 8, 0.5F);
  auto& inner = model.node("Conv", "inner", {stem, drawn.weights("inner", 7, 8, kernel)});
  set_integers(inner, "dilations", dilations);
  set_integers(inner, "pads", pads);
  set_integers(inner, "strides", {stride, stride});
  const std::string codes = drawn.activation("last", "inner", 7, 0.25F);
  model.node("GlobalAveragePool", "pool", {drawn.convolution("head", codes, 5, 7, 1, 1)});
  model.finish("pool");
  return model.model;
}

}  // namespace

TEST_CASE("A stage's dilation is that of its kernels, padded so that maps keep their size") {
  const Graph graph = dilated_graph("kernel = 3\ndilation = 4\n");
  int dilated = 0;
  for (const Node& node : graph.nodes) {
    if (!node.is_dilated()) continue;
    ++dilated;
    CHECK((node.dilation == Dilation{4, 4}));
    CHECK((node.padding == 4));
    CHECK((node.kernel == 3 && node.out.height == 20 && node.out.width == 31));
  }
  CHECK(dilated == 4);
  CHECK_THROWS_WITH(dilated_graph("kernel = 7\ndilation = 9\n"),
                    "mine: stage1: a kernel of 7 dilated by 9 spans 55 rows and columns, may span 49");
}

TEST_CASE("A dilated network is the same after its export") {
  Graph graph = dilated_graph("dilation = 2\n");
  graph.nodes[1].dilation = {1, 3};
  graph.nodes[1].padding.left = graph.nodes[1].padding.right = 3;
  const OnnxOnDisk file(export_onnx({graph, seeded_parameters(graph, 3)}));
  require_equal(import_onnx(file.path()).graph, graph);
}

TEST_CASE("A dilated QONNX network has every code of its execution in floating point") {
  const unsigned seed = GENERATE(range(1U, 4U));
  const std::vector<std::int64_t> apart[] = {{2, 2}, {1, 4}, {3, 2}};
  const auto& d = apart[seed - 1];
  const auto model = with_dilations(seed, d, {d[0], d[1], d[0], d[1]}, 3, seed == 3 ? 2 : 1);
  const Image image = generated_image(side, side, seed);
  const auto found = difference(model, imported(model), image, as_floats(image));
  CHECK(found.codes == 0);
  CHECK(found.compared > 0);
  CHECK(found.logit < 1e-5);
}

TEST_CASE("Dilations and pads that leave a kernel's span are refused with the node and what may be") {
  const std::string inner = "node 'inner' (Conv): ";
  CHECK_THAT(refusal(with_dilations(1, {25, 1}, {0, 0, 0, 0})),
             Contains(inner + "dilations are [25,1], must be two from 1 to 24 with a kernel of 3"));
  CHECK_THAT(refusal(with_dilations(1, {0, 1}, {0, 0, 0, 0})), Contains(inner + "dilations are [0,1]"));
  CHECK_THAT(refusal(with_dilations(1, {2}, {0, 0, 0, 0})), Contains(inner + "dilations are [2]"));
  CHECK_THAT(refusal(with_dilations(1, {2, 3}, {5, 0, 0, 0})),
             Contains(inner + "pads are [5,0,0,0], must be four from 0 to 4 above and below, 6 beside"));
  CHECK_THAT(refusal(with_dilations(1, {6, 1}, {0, 1, 0, 1})),
             Contains(inner) && Contains("its kernel of 13 does not fit"));
  CHECK(refusal(with_dilations(1, {9, 9}, {0, 0, 0, 0}, 1)).empty());
}
