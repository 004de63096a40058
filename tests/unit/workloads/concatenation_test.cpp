#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"

// Concatenations of channels in front of a convolution, which become sums of convolutions.

using namespace ernsim;
using namespace ernsim::test;
using namespace ernsim::workloads;
using Catch::Contains;

namespace {

constexpr const char* chain = R"(
stem = "other"
input_height = 9
input_width = 7
thermometer = 2
classes = 5
[stem1]
width = 6
[stage1]
block = "plain"
width = 6
blocks = 3
)";

/// The convolution, with `outputs` and `kernel`, reads the codes of backbone.layer1.0.act0, which are 6 channels, and
/// those that it did.
void join(onnx::ModelProto& model, const std::string& name, int outputs, int kernel, int axis = 1) {
  auto& weights = initializer_of(model, name + ".weight");
  std::vector<float> floats(static_cast<std::size_t>(outputs * 12 * kernel * kernel));
  for (std::size_t i = 0; i < floats.size(); ++i) floats[i] = i * i % 7 < 3 ? -0.5F : 0.5F;
  weights.set_dims(1, 12);
  weights.set_raw_data(floats.data(), floats.size() * sizeof(float));
  auto& convolution = node_of(model, "/" + name);
  const std::string own = convolution.input(0);
  convolution.set_input(0, "joined");
  auto& nodes = *model.mutable_graph()->mutable_node();
  auto& join = *nodes.Add();
  join.set_op_type("Concat");
  join.set_name("join");
  join.add_input("backbone.layer1.0.act0");
  join.add_input(own);
  join.add_output("joined");
  set_integer(join, "axis", axis);
  for (int i = nodes.size() - 1; i > 0 && nodes[i - 1].output(0) != own; --i) nodes.SwapElements(i, i - 1);
}

/// Of the official library.
onnx::ModelProto plain() {
  const Graph graph = build(parse_plan(chain, "chain.toml", {}));
  return export_onnx(graph, seeded_parameters(graph, 3));
}

onnx::ModelProto official(int axis = 1) {
  auto model = plain();
  join(model, "backbone.layer1.2.conv1", 6, 3, axis);
  return model;
}

/// A 3x3 convolution with padding 1 of both tensors' channels, by its definition.
std::int64_t sum_at(const ReferenceResult& result, const std::vector<std::size_t>& parts, const Shape& shape, int o,
                    int y, int x) {
  std::int64_t sum = 0;
  for (int i = 0; i < 2 * shape.channels; ++i)
    for (int ky = 0; ky < 3; ++ky)
      for (int kx = 0; kx < 3; ++kx) {
        const int row = y + ky - 1, column = x + kx - 1;
        if (row < 0 || row >= shape.height || column < 0 || column >= shape.width) continue;
        const auto& codes = result.values[parts[static_cast<std::size_t>(i / shape.channels)]];
        const auto weight = static_cast<std::size_t>(((o * 2 * shape.channels + i) * 3 + ky) * 3 + kx);
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
  const OnnxOnDisk file(official());
  const ImportedNetwork read = import_onnx(file.path());
  const Image image = generated_image(9, 7, 4);
  const auto result = execute_reference(fold(read.graph, read.parameters), image);
  const std::size_t sum = node_named(read.graph, "backbone.layer1.2.conv1.add");
  const std::vector<std::size_t> parts{node_named(read.graph, "backbone.layer1.0.act0"),
                                       node_named(read.graph, "backbone.layer1.2.act0")};
  const Shape& shape = read.graph.nodes[sum].out;
  REQUIRE((shape.channels == 6 && shape.height == 9 && shape.width == 7));
  std::size_t at = 0;
  for (int o = 0; o < 6; ++o)
    for (int y = 0; y < 9; ++y)
      for (int x = 0; x < 7; ++x) REQUIRE(result.values[sum][at++] == sum_at(result, parts, shape, o, y, x));
}

TEST_CASE("A network with concatenated channels, or whose result is a sum, is the same after its export") {
  auto pooled = plain();
  join(pooled, "conv", 5, 1);
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
