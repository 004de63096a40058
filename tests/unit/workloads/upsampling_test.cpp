#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

// Maps whose pixels are repeated: nodes Resize and Upsample.

using namespace ernsim;
using namespace ernsim::test;
using namespace ernsim::workloads;
using Catch::Contains;

namespace {

/// A Resize of `input` with scales, as exporters write it for opset 13.
onnx::NodeProto& resize(QonnxModel& model, const std::string& name, const std::string& input,
                        const std::vector<float>& scales = {1, 1, 2, 2}) {
  const std::string tensor = model.tensor(name + ".scales", {4}, scales);
  auto& made = model.node("Resize", name, {input, "", tensor});
  set_text(made, "mode", "nearest");
  set_text(made, "coordinate_transformation_mode", "asymmetric");
  set_text(made, "nearest_mode", "floor");
  return made;
}

std::string layer(Drawn& drawn, const std::string& name, const std::string& in, int out, int channels, int stride) {
  return drawn.activation(name, drawn.convolution(name + ".conv", in, out, channels, 3, stride), out, 0.5F);
}

void end(Drawn& drawn, const std::string& codes, int channels) {
  drawn.model.node("GlobalAveragePool", "pool", {drawn.convolution("head", codes, 5, channels, 1, 1)});
  drawn.model.finish("pool");
}

/// Codes of half the size, upsampled and concatenated with those that were halved; twice, the outer time in front of
/// the quantizer.
Drawn u_shaped(unsigned seed) {
  Drawn drawn(seed);
  auto& model = drawn.model;
  const std::string outer = layer(drawn, "outer", model.quant("q", "image", 0.25F), 12, 3, 1);
  const std::string inner = layer(drawn, "inner", outer, 10, 12, 2);
  const std::string bottom = layer(drawn, "bottom", inner, 9, 10, 2);
  resize(model, "up1", bottom);
  set_integer(model.node("Concat", "join1", {inner, "up1"}), "axis", 1);
  resize(model, "up2", drawn.convolution("middle", "join1", 7, 19, 3, 1));
  const std::string codes = drawn.activation("up2.act", "up2", 7, 0.5F);
  set_integer(model.node("Concat", "join2", {codes, outer}), "axis", 1);
  end(drawn, layer(drawn, "last", "join2", 8, 19, 1), 8);
  return drawn;
}

/// Sums of a coarse level that are upsampled and added to those of a finer one.
Drawn pyramid(unsigned seed) {
  Drawn drawn(seed);
  auto& model = drawn.model;
  const std::string fine = layer(drawn, "fine", model.quant("q", "image", 0.25F), 12, 3, 1);
  const std::string coarse = layer(drawn, "coarse", fine, 10, 12, 3);
  const std::string top = drawn.convolution("top", coarse, 8, 10, 1, 1, 0.125F);
  const std::string lateral = drawn.convolution("lateral", fine, 8, 12, 1, 1, 0.125F);
  resize(model, "up", top, {1, 1, 3, 3});
  model.node("Add", "sum", {lateral, "up"});
  end(drawn, drawn.activation("codes", "sum", 8, 0.5F), 8);
  return drawn;
}

void check_codes(const Drawn& drawn, unsigned seed) {
  const Image image = generated_image(side, side, seed);
  const auto network = imported(drawn.model.model);
  const auto found = difference(drawn.model.model, network, image, as_floats(image));
  CHECK(found.codes == 0);
  CHECK(found.compared > 0);
  CHECK(found.logit < 1e-5);
}

/// With those attributes in the place of a Resize's own.
std::string refusal_with(const std::vector<std::pair<std::string, std::string>>& attributes,
                         const std::vector<float>& scales = {1, 1, 2, 2}) {
  Drawn drawn(1);
  const std::string codes = layer(drawn, "act", drawn.model.quant("q", "image", 0.25F), 8, 3, 1);
  auto& node = resize(drawn.model, "up", codes, scales);
  node.clear_attribute();
  for (const auto& [name, value] : attributes) set_text(node, name, value);
  end(drawn, "up", 8);
  return refusal(drawn.model.model);
}

}  // namespace

TEST_CASE("A U-shaped QONNX network that upsamples has every code of its execution in floating point") {
  const unsigned seed = GENERATE(range(1U, 4U));
  check_codes(u_shaped(seed), seed);
}

TEST_CASE("A feature pyramid in QONNX, whose sums are upsampled, has every code of its execution in floating point") {
  const unsigned seed = GENERATE(range(1U, 4U));
  check_codes(pyramid(seed), seed);
}

TEST_CASE("A network with upsampled codes and sums is the same after its export") {
  Graph graph;
  graph.network = "levels";
  graph.stem = "other";
  graph.thermometer = 2;
  graph.embedding = thermometer(2);
  const auto push = [&graph](NodeKind kind, std::vector<int> inputs, int channels, const std::string& name) {
    Node node;
    node.kind = kind;
    node.name = name;
    node.batch_norm = kind == NodeKind::activation ? name.substr(0, name.size() - 3) + "bn" : "";
    node.inputs = std::move(inputs);
    node.out.channels = channels;
    node.kernel = kind == NodeKind::convolution ? 1 : 0;
    node.repetition = kind == NodeKind::upsampling ? 2 : 1;
    graph.nodes.push_back(node);
    return static_cast<int>(graph.nodes.size()) - 1;
  };
  const auto convolution = [&](int input, const std::string& name, ConvolutionRole role) {
    const int made = push(NodeKind::convolution, {input}, 6, name);
    graph.nodes.back().role = role;
    return made;
  };
  constexpr auto inner = ConvolutionRole::activation, summed = ConvolutionRole::residual;
  const int image = push(NodeKind::pixel_embedding, {}, 6, "pixel_embedding");
  const int fine = push(NodeKind::activation, {convolution(image, "a", inner)}, 6, "a.act");
  const int half = convolution(fine, "b", inner);
  graph.nodes.back().stride = 2;
  const int coarse = push(NodeKind::activation, {half}, 6, "b.act");
  const int codes = push(NodeKind::upsampling, {coarse}, 6, "b.act.x2");
  const int again = push(NodeKind::activation, {convolution(codes, "c", inner)}, 6, "c.act");
  const int top = convolution(coarse, "top", summed), lateral = convolution(again, "lateral", summed);
  graph.nodes[static_cast<std::size_t>(coarse)].quantizer.step =
      graph.nodes[static_cast<std::size_t>(again)].quantizer.step = 1;
  const int sums = push(NodeKind::upsampling, {top}, 6, "top.x2");
  const int sum = push(NodeKind::add, {lateral, sums}, 6, "lateral.add");
  const int last = push(NodeKind::activation, {sum}, 6, "d.act");
  push(NodeKind::average_pool, {convolution(last, "head", ConvolutionRole::logits)}, 6, "avg_pool");
  graph = resized(graph, 8, 12);
  const OnnxOnDisk file(export_onnx({graph, seeded_parameters(graph, 2)}));
  const ImportedNetwork read = import_onnx(file.path());
  CHECK(read.graph.nodes.size() == graph.nodes.size());
  const OnnxOnDisk again_written(export_onnx(read));
  require_equal(import_onnx(again_written.path()).graph, read.graph);
  const Image picture = generated_image(8, 12, 1);
  const auto count = [&](const Graph& of) {
    return std::count_if(of.nodes.begin(), of.nodes.end(), [](const Node& node) { return node.repetition == 2; });
  };
  CHECK(count(read.graph) == 2);
  const auto logits = [&](const IntegerNetwork& network) { return execute_reference(network, picture).logits; };
  const auto ours = logits(fold(graph, seeded_parameters(graph, 2))),
             theirs = logits(fold(read.graph, read.parameters));
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t c = 0; c < ours.size(); ++c) CHECK(theirs[c] == Approx(ours[c]).epsilon(1e-5));
}

TEST_CASE("Every way of taking the nearest pixel that repeats each is read, and the others are refused") {
  const auto taking = [](const std::string& coordinates, const std::string& nearest, float times) {
    return refusal_with({{"coordinate_transformation_mode", coordinates}, {"nearest_mode", nearest}},
                        {1, 1, times, times});
  };
  CHECK(refusal_with({}).empty());  // half_pixel and round_prefer_floor
  CHECK(taking("asymmetric", "floor", 8).empty());
  CHECK(taking("half_pixel", "round_prefer_ceil", 3).empty());
  CHECK(taking("pytorch_half_pixel", "round_prefer_floor", 4).empty());
  CHECK(taking("tf_half_pixel_for_nn", "floor", 2).empty());
  CHECK(taking("asymmetric", "round_prefer_floor", 2).empty());
  for (const auto& [coordinates, nearest, times] :
       {std::make_tuple("asymmetric", "ceil", 2.F), std::make_tuple("asymmetric", "round_prefer_floor", 3.F),
        std::make_tuple("half_pixel", "floor", 2.F), std::make_tuple("align_corners", "floor", 2.F),
        std::make_tuple("asymmetric", "other", 2.F)})
    CHECK_THAT(taking(coordinates, nearest, times), Contains("node 'up' (Resize): coordinate_transformation_mode '") &&
                                                        Contains("asymmetric with floor does"));
}

TEST_CASE("What is no repetition of pixels is refused with the node and what would be one") {
  const std::string up = "node 'up' (Resize): ";
  CHECK_THAT(refusal_with({{"mode", "linear"}}), Contains(up + "mode 'linear' interpolates"));
  for (const auto& scales :
       {std::vector<float>{1, 1, 1.5F, 1.5F}, {1, 1, 2, 3}, {1, 2, 2, 2}, {1, 1, 9, 9}, {1, 1, 0, 0}})
    CHECK_THAT(refusal_with({}, scales), Contains(up + "scales are [") && Contains("1 to 8 for both of them"));
  Drawn image(1);
  resize(image.model, "up", image.model.quant("q", "image", 0.25F));
  end(image, layer(image, "act", "up", 8, 3, 1), 8);
  CHECK_THAT(refusal(image.model.model), Contains(up + "upsamples what the pixel embedding makes"));
  Drawn pooled(1);
  const std::string codes = layer(pooled, "act", pooled.model.quant("q", "image", 0.25F), 8, 3, 1);
  resize(pooled.model, "up", pooled.convolution("head", codes, 5, 8, 1, 1));
  pooled.model.node("GlobalAveragePool", "pool", {"up"});
  pooled.model.finish("pool");
  CHECK_THAT(refusal(pooled.model.model), Contains("node 'pool' (GlobalAveragePool): pools what is upsampled"));
}

TEST_CASE("Sizes in the place of scales are those of the map, whole times its own") {
  const auto sized = [](const std::vector<std::int64_t>& sizes) {
    Drawn drawn(1);
    const std::string codes = layer(drawn, "act", drawn.model.quant("q", "image", 0.25F), 8, 3, 2);
    drawn.model.node("Resize", "up", {codes, "", "", drawn.model.integers(sizes)});
    end(drawn, "up", 8);
    return drawn.model.model;
  };
  const auto network = imported(sized({1, 8, 3 * side / 2, 3 * side / 2}));
  const bool there = std::any_of(network.graph.nodes.begin(), network.graph.nodes.end(),
                                 [](const Node& node) { return node.repetition == 3; });
  CHECK(there);
  CHECK_THAT(refusal(sized({1, 8, side, side + 1})), Contains("node 'up' (Resize): scales are [1,1,2,"));
}

TEST_CASE("A maximum over pixels is refused with its node and what would fit, in both forms") {
  const std::string reason = "takes the largest of several pixels, which no unit does";
  auto model = small_model();
  auto& node = node_of(model, "/backbone.layer2.0.conv1");
  node.set_op_type("MaxPool");
  CHECK_THAT(refusal_of(model), Contains("node '/backbone.layer2.0.conv1' (MaxPool): " + reason));
  const auto drawn = small([](Drawn& of, const std::string& in) {
    set_integers(of.model.node("MaxPool", "largest", {in}), "kernel_shape", {2, 2});
    return std::string("largest");
  });
  CHECK_THAT(refusal(drawn.model.model), Contains("node 'largest' (MaxPool): " + reason));
}
