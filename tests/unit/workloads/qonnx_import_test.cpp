#include <catch2/catch.hpp>

#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/networks.h"

using namespace ernsim::workloads;
using namespace ernsim::test;

TEST_CASE("Residual networks as Brevitas exports them have every code and logit of their execution in floating point") {
  const unsigned seed = GENERATE(range(1U, 13U));
  Drawn drawn(seed);
  auto& model = drawn.model;
  std::string at = drawn.convolution("stem", model.quant("q", "image", 0.25F), 24, 3, 3, 1, 0.25F);
  at = drawn.block("b0", at, 40, 24, 2);
  at = drawn.block("b1", at, 40, 40, 1);
  at = drawn.activation("last", at, 40, 0.4F);
  if (seed % 2 == 0) {
    model.node("GlobalAveragePool", "pool", {drawn.convolution("head", at, 7, 40, 1, 1)});
    model.node("Flatten", "logits", {"pool"});
  } else {
    model.node("GlobalAveragePool", "pool", {at});
    model.node("Shape", "shape", {"pool"});
    set_integer(model.node("Gather", "batch", {"shape", model.integers({0})}), "axis", 0);
    set_integer(model.node("Concat", "wanted", {"batch", model.integers({-1})}), "axis", 0);
    model.node("Reshape", "flat", {"pool", "wanted"});
    const std::string floats = model.tensor("fc.weight", {7, 40}, drawn.numbers(280, -1, 1));
    auto& gemm = model.node(
        "Gemm", "fc",
        {"flat", model.bipolar("fc.q", floats, model.tensor("fc.scale", {7, 1}, drawn.numbers(7, 0.1F, 1)))});
    set_integer(gemm, "transB", 1);
    model.node("Mul", "logits", {"fc", model.number(3)});
  }
  model.finish("logits");
  const auto network = imported(model.model);
  for (const std::uint64_t picture : {1, 2}) {
    const Image image = generated_image(side, side, 40 * seed + picture);
    const auto found = difference(model.model, network, image, as_floats(image));
    CHECK(found.codes == 0);
    CHECK(found.compared == 9'216);
    CHECK(found.logit < 1e-5);
  }
}

TEST_CASE("Thresholds in [N,H,W,C], between transposes, with up to three levels by channel") {
  const int levels = GENERATE(1, 2, 3);
  Drawn drawn(static_cast<unsigned>(levels), true);
  auto& model = drawn.model;
  auto thresholds = drawn.numbers(static_cast<std::size_t>(24 * levels), -1, 2);
  for (std::size_t c = 0; c < 24; ++c)
    std::sort(thresholds.begin() + static_cast<std::ptrdiff_t>(c) * levels,
              thresholds.begin() + static_cast<std::ptrdiff_t>(c + 1) * levels);
  set_integers(model.node("Transpose", "first", {model.quant("q", "image", 0.25F)}), "perm", {0, 3, 1, 2});
  set_integers(model.node("Transpose", "back", {drawn.convolution("conv", "first", 24, 3, 3, 2)}), "perm",
               {0, 2, 3, 1});
  auto& multi = model.node("MultiThreshold", "act", {"back", model.tensor("t", {24, levels}, thresholds)});
  set_text(multi, "data_layout", "NHWC");
  set_decimal(multi, "out_scale", 0.5F);
  set_integers(model.node("ReduceMean", "pool", {"act"}), "axes", {1, 2});
  model.node("Flatten", "flat", {"pool"});
  const std::string floats = model.tensor("fc.weight", {24, 5}, drawn.numbers(120, -1, 1));
  model.node("MatMul", "logits", {"flat", model.bipolar("fc.q", floats, model.number(0.3F))});
  model.finish("logits");
  const Image image = generated_image(side, side, 3);
  FloatTensor input = as_floats(image);
  input.dims = {1, side, side, 3};
  for (std::size_t i = 0; i < input.values.size(); ++i) input.values[i] = image.bytes[i] / 255.0;
  const auto found = difference(model.model, imported(model.model), image, input);
  CHECK(found.codes == 0);
  CHECK(found.logit < 1e-5);
}

TEST_CASE("A value on the edge of two codes goes to the even one") {
  // Sums in steps of 1, a quantizer of scale 2: 1 is half a step, 3 one and a half, 5 two and a half.
  Drawn drawn(1);
  auto& model = drawn.model;
  const std::string codes = model.quant("q", "image", 0.25F);
  model.node("Mul", "unit", {codes, model.number(4)});
  model.quant("act", drawn.convolution("conv", "unit", 4, 3, 1, 1, 1), 2);
  model.node("GlobalAveragePool", "pool", {drawn.convolution("head", "act", 2, 4, 1, 1)});
  model.finish("pool");
  const auto network = imported(model.model);
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n)
    for (const auto& channel : network.thresholds[n]) {
      CHECK(channel.thresholds[0] == 2);
      CHECK(channel.thresholds[1] == 3);
      CHECK(channel.thresholds[2] == 6);
    }
}

TEST_CASE("Eight-bit colours become the codes of the thermometer that is named, with as many copies of a weight") {
  Drawn drawn(1);
  auto& model = drawn.model;
  model.quant("q", "image", 1 / 255.0F, 8);
  model.quant("act", drawn.convolution("conv", "q", 8, 3, 3, 1, 0.5F), 0.5F);
  model.node("GlobalAveragePool", "pool", {drawn.convolution("head", "act", 2, 8, 1, 1)});
  model.finish("pool");
  CHECK_THAT(refusal(model.model), Catch::Contains("'conv' (Conv)") && Catch::Contains("--thermometer"));
  const auto network = imported(model.model, {10});
  CHECK(network.graph.thermometer == 10);
  CHECK(network.graph.nodes[0].out.channels == 30);
  const auto& signs = network.weights[1];
  for (int i = 0; i < 30; ++i) CHECK(signs.is_negative(3, i, 1, 2) == signs.is_negative(3, i / 10 * 10, 1, 2));
  // 80 colour values are ten codes of one threshold each, so 80 / 255 is worth ten sums.
  const double sum = 0.25 / (8 / 255.0) / 0.5;
  CHECK(network.thresholds[2][0].thresholds[0] == static_cast<int>(std::ceil(sum)));
}

TEST_CASE("Codes that were made outside are those of the thermometer that is named") {
  constexpr int codes = 10;
  const bool quantized = GENERATE(false, true);
  QonnxModel model(3 * codes, side, side);
  Drawn drawn(2);
  const std::string input = quantized ? model.quant("q", "image", 0.25F) : "image";
  model.tensor("w", {8, 30, 1, 1}, drawn.numbers(240, -1, 1));
  model.quant("act", model.convolution("conv", input, model.bipolar("wq", "w", model.number(0.1F)), 1, 1), 0.5F);
  model.tensor("v", {2, 8, 1, 1}, drawn.numbers(16, -1, 1));
  model.node("GlobalAveragePool", "pool",
             {model.convolution("head", "act", model.bipolar("vq", "v", model.number(1)), 1, 1)});
  model.finish("pool");
  if (!quantized) CHECK_THAT(refusal(model.model), Catch::Contains("--thermometer"));
  const auto network = imported(model.model, {codes});
  const Image image = generated_image(side, side, 5);
  // Channels are the codes of red, then those of green and blue, each worth the scale of the quantizer behind them.
  FloatTensor input_codes{{1, 3 * codes, side, side}, std::vector<double>(3 * codes * side * side)};
  for (std::size_t i = 0; i < image.bytes.size(); ++i) {
    const auto embedded = embed_value(image.bytes[i], thermometer(codes));
    for (std::size_t code = 0; code < embedded.size(); ++code)
      input_codes.values[(i % 3 * codes + code) * side * side + i / 3] = embedded[code] * (quantized ? 0.25 : 1.0);
  }
  const auto found = difference(model.model, network, image, input_codes);
  CHECK(found.codes == 0);
  CHECK(found.compared == 8 * side * side);
  CHECK(found.logit < 1e-5);
}

TEST_CASE("What does not fit is refused with the node, the reason and what would fit") {
  const auto with = [](const std::function<std::string(Drawn&, const std::string&)>& middle) {
    return refusal(small(middle).model.model);
  };
  CHECK(with({}).empty());
  CHECK_THAT(with([](Drawn& d, const std::string& in) { return d.model.node("Sigmoid", "s", {in}).output(0); }),
             Catch::Contains("node 's' (Sigmoid): operation cannot be lowered"));
  CHECK_THAT(with([](Drawn& d, const std::string& in) {
               return d.convolution("c", d.model.node("Relu", "r", {in}).output(0), 8, 8, 1, 1);
             }),
             Catch::Contains("'c' (Conv)") && Catch::Contains("quantize it to 2 bits"));
  CHECK_THAT(with([](Drawn& d, const std::string& in) {
               return d.convolution("c", d.model.quant("a", in, 0.5F, 4), 8, 8, 1, 1);
             }),
             Catch::Contains("'a' (Quant): 4 bits, must be 2"));
  CHECK_THAT(
      with([](Drawn& d, const std::string& in) {
        const std::string codes = d.model.quant("a", in, 0.5F);
        d.model.node("Add", "sum",
                     {d.convolution("c", codes, 8, 8, 1, 1, 0.25F), d.convolution("e", codes, 8, 8, 1, 1, 0.5F)});
        return std::string("sum");
      }),
      Catch::Contains("'sum' (Add): adds sums of two scales, 0.125 and 0.25") || Catch::Contains("0.25 and 0.125"));
  CHECK_THAT(
      with([](Drawn& d, const std::string& in) {
        const std::string codes = d.model.quant("a", in, 0.5F);
        return d.model.convolution("c", codes, d.model.tensor("floats", {8, 8, 1, 1}, d.numbers(64, -1, 1)), 1, 1);
      }),
      Catch::Contains("'c' (Conv): its weights are not binary"));
}
