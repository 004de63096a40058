#include "workloads/qonnx_import.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "workloads/error.h"
#include "workloads/image.h"
#include "workloads/reference_executor.h"

using namespace ernsim::workloads;
using namespace ernsim::test;

namespace {

constexpr int side = 12;

/// Draws networks as Brevitas exports them.
class Drawn {
 public:
  explicit Drawn(unsigned seed, bool last = false) : model(3, side, side, last), random_(seed) {}

  float number(float low, float high) { return std::uniform_real_distribution<float>(low, high)(random_); }
  bool chance(int per_cent) { return static_cast<int>(random_() % 100) < per_cent; }
  std::vector<float> numbers(std::size_t count, float low, float high) {
    std::vector<float> made(count);
    for (float& each : made) each = number(low, high);
    return made;
  }

  /// One scale for all channels if it is given, or one each.
  std::string weights(const std::string& name, int out, int in, int kernel, float scale = 0) {
    const auto count = static_cast<std::size_t>(out * in * kernel * kernel);
    const std::string floats = model.tensor(name + ".weight", {out, in, kernel, kernel}, numbers(count, -1, 1));
    const std::string scales =
        scale > 0 ? model.number(scale)
                  : model.tensor(name + ".scale", {out, 1, 1, 1}, numbers(static_cast<std::size_t>(out), 0.01F, 0.2F));
    return model.bipolar(name + ".q", floats, scales);
  }
  std::string convolution(const std::string& name, const std::string& input, int out, int in, int kernel, int stride,
                          float scale = 0) {
    return model.convolution(name, input, weights(name, out, in, kernel, scale), kernel, stride);
  }
  /// Batch normalisation with every tenth gamma below zero, or a scale and a bias; perhaps a ReLU; a quantizer.
  std::string activation(const std::string& name, const std::string& input, int channels, float scale) {
    std::string made = input;
    const auto c = static_cast<std::size_t>(channels);
    if (chance(70)) {
      auto gamma = numbers(c, 0.3F, 2);
      for (float& each : gamma) each *= chance(10) ? -1.0F : 1.0F;
      auto& norm = model.node("BatchNormalization", name + ".bn",
                              {made, model.tensor(name + ".gamma", {channels}, gamma),
                               model.tensor(name + ".beta", {channels}, numbers(c, -0.2F, 0.8F)),
                               model.tensor(name + ".mean", {channels}, numbers(c, -0.5F, 0.5F)),
                               model.tensor(name + ".var", {channels}, numbers(c, 0.2F, 2))});
      set_decimal(norm, "epsilon", 1e-5F);
      made = name + ".bn";
    } else {
      model.node("Mul", name + ".mul", {made, model.number(number(0.3F, 2))});
      model.node("Add", name + ".add",
                 {name + ".mul", model.tensor(name + ".bias", {channels, 1, 1}, numbers(c, -0.3F, 0.6F))});
      made = name + ".add";
    }
    if (chance(60)) made = model.node("Relu", name + ".relu", {made}).output(0);
    return model.quant(name, made, scale);
  }
  std::string block(const std::string& name, const std::string& input, int out, int in, int stride) {
    const std::string first = activation(name + ".act0", input, in, 0.5F);
    const bool changes = out != in || stride != 1;
    std::string residual = input;
    if (changes) residual = convolution(name + ".down", first, out, in, 1, stride, 0.0625F);
    const std::string middle = convolution(name + ".conv1", first, out, in, 3, stride);
    const std::string second = activation(name + ".act1", middle, out, 0.25F);
    const std::string last = convolution(name + ".conv2", second, out, out, 3, 1, 0.125F);
    model.node("Add", name + ".sum",
               chance(50) ? std::vector<std::string>{last, residual} : std::vector<std::string>{residual, last});
    return name + ".sum";
  }

  QonnxModel model;

 private:
  std::mt19937 random_;
};

FloatTensor as_floats(const Image& image) {
  FloatTensor tensor{{1, 3, image.height, image.width}, {}};
  const auto pixels = static_cast<std::size_t>(image.height * image.width);
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t i = 0; i < pixels; ++i) tensor.values.push_back(image.bytes[3 * i + c] / 255.0);
  return tensor;
}

float scale_of(const onnx::ModelProto& model, const std::string& quantizer) {
  for (const auto& node : model.graph().node()) {
    if (node.output(0) != quantizer) continue;
    for (const auto& attribute : node.attribute())
      if (attribute.name() == "out_scale") return attribute.f();
    for (const auto& tensor : model.graph().initializer())
      if (node.op_type() == "Quant" && tensor.name() == node.input(1)) return tensor.float_data(0);
    return 1;
  }
  throw std::runtime_error("no quantizer " + quantizer);
}

/// Codes and logits that differ from those of the file executed in floating point.
struct Difference {
  std::size_t codes = 0, compared = 0;
  double logit = 0;
};

Difference difference(const onnx::ModelProto& model, const IntegerNetwork& network, const Image& image,
                      const FloatTensor& input) {
  const auto expected = execute_float(model, input);
  const auto result = execute_reference(network, image);
  Difference found;
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n) {
    const Node& node = network.graph.nodes[n];
    if (node.kind != NodeKind::activation) continue;
    const auto& floats = expected.at(node.name);
    const bool last = floats.dims[3] == node.out.channels && floats.dims[1] != node.out.channels;
    const float scale = scale_of(model, node.name);
    const auto pixels = static_cast<std::size_t>(node.out.height * node.out.width);
    for (std::size_t i = 0; i < result.values[n].size(); ++i, ++found.compared) {
      const std::size_t at = last ? i % pixels * static_cast<std::size_t>(node.out.channels) + i / pixels : i;
      found.codes += std::lround(floats.values.at(at) / scale) != result.values[n][i] ? 1 : 0;
    }
  }
  const auto& logits = expected.at(model.graph().output(0).name()).values;
  for (std::size_t c = 0; c < logits.size(); ++c)
    found.logit = std::max(found.logit, std::abs(logits[c] - result.logits.at(c)));
  return found;
}

IntegerNetwork imported(const onnx::ModelProto& model, const QonnxOptions& options = {}) {
  return import_qonnx(OnnxOnDisk(model).path(), options);
}

std::string refusal(const onnx::ModelProto& model, const QonnxOptions& options = {}) {
  try {
    imported(model, options);
  } catch (const WorkloadError& error) {
    return error.what();
  }
  return "";
}

/// A small network: quantizer, convolution, activation, and pooling in front of a fully connected layer.
Drawn small(const std::function<std::string(Drawn&, const std::string&)>& middle = {}) {
  Drawn drawn(1);
  auto& model = drawn.model;
  const std::string stem = drawn.convolution("conv", model.quant("q", "image", 0.25F), 8, 3, 3, 1);
  const std::string codes = drawn.activation("act", middle ? middle(drawn, stem) : stem, 8, 0.5F);
  model.node("GlobalAveragePool", "pool", {codes});
  model.node("Flatten", "flat", {"pool"});
  const std::string floats = model.tensor("fc.weight", {8, 5}, drawn.numbers(40, -1, 1));
  model.node("MatMul", "logits", {"flat", model.bipolar("fc.q", floats, model.number(0.3F))});
  model.finish("logits");
  return drawn;
}

}  // namespace

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
  QonnxModel model(30, side, side);
  Drawn drawn(2);
  model.tensor("w", {8, 30, 1, 1}, drawn.numbers(240, -1, 1));
  model.quant("act", model.convolution("conv", "image", model.bipolar("wq", "w", model.number(0.1F)), 1, 1), 0.5F);
  model.tensor("v", {2, 8, 1, 1}, drawn.numbers(16, -1, 1));
  model.node("GlobalAveragePool", "pool",
             {model.convolution("head", "act", model.bipolar("vq", "v", model.number(1)), 1, 1)});
  model.finish("pool");
  CHECK_THAT(refusal(model.model), Catch::Contains("--thermometer"));
  CHECK(imported(model.model, {10}).graph.embedding.size() == 10);
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

TEST_CASE("A damaged file is refused or read, and never crashes or hangs") {
  const std::string whole = small().model.model.SerializeAsString();
  std::mt19937 random(7);
  for (int i = 0; i < 600; ++i) {
    std::string bytes = whole;
    if (i % 4 == 0) bytes.resize(random() % bytes.size());
    for (auto change = random() % 5; change > 0 && !bytes.empty(); --change)
      bytes[random() % bytes.size()] = static_cast<char>(i % 2 == 0 ? random() : bytes[random() % bytes.size()] + 1);
    const OnnxOnDisk file(bytes);
    try {
      if (is_qonnx(file.path())) import_qonnx(file.path(), {10});
    } catch (const WorkloadError& error) {
      CHECK(std::string(error.what()).rfind(file.path() + ": ", 0) == 0);
    }
  }
}
