#include <catch2/catch.hpp>

#include "tests/support/joined_model.h"
#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/folding.h"

// Concatenations of channels in front of a convolution, which become sums of convolutions.

using namespace ernsim;
using namespace ernsim::test;
using namespace ernsim::workloads;
using Catch::Contains;

namespace {

const std::string first = "backbone.layer1.0.act0", second = "backbone.layer1.1.act0", own = "backbone.layer1.2.act0",
                  of_own = "backbone.last_act_layer1";

onnx::ModelProto official(int axis = 1) {
  auto model = chain_model();
  join(model, "backbone.layer1.2.conv1", {first, own}, 6, 3, axis);
  return model;
}

/// A 3x3 convolution with padding 1 of all tensors' channels, by its definition.
std::int64_t sum_at(const ReferenceResult& result, const std::vector<std::size_t>& parts, const Shape& shape, int o,
                    int y, int x) {
  const int all = static_cast<int>(parts.size()) * shape.channels;
  std::int64_t sum = 0;
  for (int i = 0; i < all; ++i)
    for (int ky = 0; ky < 3; ++ky)
      for (int kx = 0; kx < 3; ++kx) {
        const int row = y + ky - 1, column = x + kx - 1;
        if (row < 0 || row >= shape.height || column < 0 || column >= shape.width) continue;
        const auto& codes = result.values[parts[static_cast<std::size_t>(i / shape.channels)]];
        const auto weight = static_cast<std::size_t>(((o * all + i) * 3 + ky) * 3 + kx);
        const int code =
            codes[static_cast<std::size_t>((i % shape.channels * shape.height + row) * shape.width + column)];
        sum += weight * weight % 7 < 3 ? -code : code;
      }
  return sum;
}

std::size_t node_named(const Graph& graph, const std::string& name) {
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    if (graph.nodes[n].name == name) return n;
  throw std::runtime_error(name);
}

}  // namespace

TEST_CASE("A convolution of concatenated channels has the sums of one over all of them") {
  const auto parts = GENERATE(std::vector<std::string>{first, own}, std::vector<std::string>{own, first, second},
                              std::vector<std::string>{first, second, first, own});
  auto model = chain_model();
  join(model, "backbone.layer1.2.conv1", parts, 6, 3);
  const OnnxOnDisk file(model);
  const ImportedNetwork read = import_onnx(file.path());
  const Image image = generated_image(9, 7, 4);
  const auto result = execute_reference(fold(read.graph, read.parameters), image);
  const int last = read.graph.nodes[node_named(read.graph, of_own)].inputs[0];
  std::vector<std::size_t> nodes;
  for (const std::string& part : parts) nodes.push_back(node_named(read.graph, part));
  const Shape& shape = read.graph.nodes[static_cast<std::size_t>(last)].out;
  REQUIRE((shape.channels == 6 && shape.height == 9 && shape.width == 7));
  std::size_t at = 0;
  for (int o = 0; o < 6; ++o)
    for (int y = 0; y < 9; ++y)
      for (int x = 0; x < 7; ++x)
        REQUIRE(result.values[static_cast<std::size_t>(last)][at++] == sum_at(result, nodes, shape, o, y, x));
}

TEST_CASE("A network with concatenated channels, or whose result is a sum, is the same after its export") {
  auto pooled = chain_model();
  join(pooled, "conv", {first, of_own, second, first}, 5, 1);
  for (const auto& model : {official(), pooled}) {
    const OnnxOnDisk file(model);
    const ImportedNetwork read = import_onnx(file.path());
    const OnnxOnDisk exported(workloads::export_onnx(read));
    const ImportedNetwork again = import_onnx(exported.path());
    require_equal(again.graph, read.graph);
    CHECK(again.parameters.signs == read.parameters.signs);
  }
}

TEST_CASE("Only codes that are worth the same are concatenated, along channels, and only a convolution reads them") {
  CHECK_THAT(refusal_of(official(2)), Contains("'join' (Concat): axis must be 1"));
  auto model = official();
  node_of(model, "/backbone.layer1.2.conv1").set_op_type("Add");
  node_of(model, "/backbone.layer1.2.conv1").clear_attribute();
  CHECK_THAT(refusal_of(model), Contains("'/backbone.layer1.2.conv1' (Add): input 0 is concatenated codes"));
  model = official();
  node_of(model, "/backbone.layer1.0.act0/scale2").mutable_attribute(0)->mutable_t()->set_float_data(0, 1);
  CHECK_THAT(refusal_of(model),
             Contains("'join' (Concat): concatenates codes of backbone.layer1.0.act0, worth 1 each"));
}

TEST_CASE("A U-shaped QONNX network whose skips are concatenated has every code of its execution in floating point") {
  const unsigned seed = GENERATE(range(1U, 5U));
  Drawn drawn(seed);
  auto& model = drawn.model;
  const auto layer = [&](const std::string& name, const std::string& in, int out, int channels) {
    return drawn.activation(name, drawn.convolution(name + ".conv", in, out, channels, 3, 1), out, 0.5F);
  };
  const auto join = [&](const std::string& name, const std::vector<std::string>& parts) {
    set_integer(model.node("Concat", name, parts), "axis", seed % 2 == 0 ? 1 : -3);
    return name;
  };
  const std::string outer = layer("outer", model.quant("q", "image", 0.25F), 12, 3);
  const std::string inner = layer("inner", outer, 20, 12);
  const std::string bottom = layer("bottom", inner, 9, 20);
  const std::string up = layer("up", join("first", {inner, bottom}), 16, 29);
  const std::string last = layer("last", join("second", {outer, join("both", {up, outer})}), 8, 40);
  if (seed % 2 == 0) {
    model.node("GlobalAveragePool", "pool", {drawn.convolution("head", last, 5, 8, 1, 1)});
    model.finish("pool");
  } else {
    model.node("GlobalAveragePool", "pool", {join("result", {last, outer})});
    model.node("Flatten", "flat", {"pool"});
    const std::string floats = model.tensor("fc.weight", {20, 5}, drawn.numbers(100, -1, 1));
    model.node("MatMul", "logits", {"flat", model.bipolar("fc.q", floats, model.number(0.3F))});
    model.finish("logits");
  }
  const Image image = generated_image(side, side, seed);
  const auto network = imported(model.model);
  const auto found = difference(model.model, network, image, as_floats(image));
  CHECK(found.codes == 0);
  CHECK(found.compared == (12 + 20 + 9 + 16 + 8) * side * side);
  CHECK(found.logit < 1e-5);
}

TEST_CASE("Codes of two scales, or of two sizes, are not concatenated") {
  const auto joined = [](float scale, int stride) {
    Drawn drawn(1);
    auto& model = drawn.model;
    const std::string codes = model.quant("q", "image", 0.25F);
    const std::string a = model.quant("a", drawn.convolution("ca", codes, 4, 3, 1, 1), 0.5F);
    const std::string b = model.quant("b", drawn.convolution("cb", codes, 4, 3, 1, stride), scale);
    set_integer(model.node("Concat", "join", {a, b}), "axis", 1);
    model.node(
        "GlobalAveragePool", "pool",
        {drawn.convolution("head", model.quant("c", drawn.convolution("cc", "join", 4, 8, 1, 1), 0.5F), 2, 4, 1, 1)});
    model.finish("pool");
    return refusal(model.model);
  };
  CHECK(joined(0.5F, 1).empty());
  CHECK_THAT(joined(0.25F, 1), Contains("'join' (Concat): concatenates codes of two scales, 0.5 and 0.25"));
  CHECK_THAT(joined(0.5F, 2), Contains("'join' (Concat): concatenates maps of 12x12 and 6x6"));
}

TEST_CASE("Concatenations of concatenations are refused before they become more than a convolution reads") {
  auto model = chain_model();
  std::string doubled = first;
  for (int i = 0; i < 40; ++i) {
    auto& node = *model.mutable_graph()->add_node();
    node.set_op_type("Concat");
    node.set_name("k" + std::to_string(i));
    for (int side = 0; side < 2; ++side) node.add_input(doubled);
    node.add_output(doubled = node.name());
    set_integer(node, "axis", 1);
  }
  CHECK_THAT(refusal_of(model), Contains("'k9' (Concat): concatenates 1024 tensors, may 1000"));
  const auto repeated = [](int channels, int times) {
    Drawn drawn(1);
    auto& quantized = drawn.model;
    const std::string codes = quantized.quant("q", "image", 0.25F);
    std::string made = quantized.quant("a", drawn.convolution("c", codes, channels, 3, 1, 1), 0.5F);
    for (int i = 0; i < 40; ++i) {
      const std::vector<std::string> parts(static_cast<std::size_t>(times), made);
      set_integer(quantized.node("Concat", made = "k" + std::to_string(i), parts), "axis", 1);
    }
    quantized.node("GlobalAveragePool", "pool", {made});
    quantized.finish("pool");
    return refusal(quantized.model);
  };
  CHECK_THAT(repeated(8, 2), Contains("'k9' (Concat): concatenates 1024 tensors, may 1000"));
  CHECK_THAT(repeated(20'000, 3), Contains("'k1' (Concat): concatenates 120000 channels, may 65536"));
}
