#pragma once

#include <cmath>
#include <functional>
#include <random>
#include <stdexcept>

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "workloads/error.h"
#include "workloads/image.h"
#include "workloads/qonnx_import.h"
#include "workloads/reference_executor.h"

// For tests of the importer of QONNX files against networks drawn here as Brevitas exports them.

namespace ernsim::test {

using workloads::Image;
using workloads::IntegerNetwork;
using workloads::Node;
using workloads::NodeKind;
using workloads::QonnxOptions;

inline constexpr int side = 12;

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

inline FloatTensor as_floats(const Image& image) {
  FloatTensor tensor{{1, 3, image.height, image.width}, {}};
  const auto pixels = static_cast<std::size_t>(image.height * image.width);
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t i = 0; i < pixels; ++i) tensor.values.push_back(image.bytes[3 * i + c] / 255.0);
  return tensor;
}

inline float scale_of(const onnx::ModelProto& model, const std::string& quantizer) {
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

inline Difference difference(const onnx::ModelProto& model, const IntegerNetwork& network, const Image& image,
                             const FloatTensor& input) {
  const auto expected = execute_float(model, input);
  const auto result = workloads::execute_reference(network, image);
  Difference found;
  for (std::size_t n = 0; n < network.graph.nodes.size(); ++n) {
    const Node& node = network.graph.nodes[n];
    if (node.kind != NodeKind::activation && node.kind != NodeKind::upsampling) continue;
    if (!is_codes(network.graph, static_cast<int>(n))) continue;
    const std::string name =
        network.graph.nodes[static_cast<std::size_t>(origin_of(network.graph, static_cast<int>(n)))].name;
    const auto& floats = expected.at(name);
    if (floats.values.size() != result.values[n].size())
      continue;  // the file upsamples in front of its quantizer, or behind
    const bool last = floats.dims[3] == node.out.channels && floats.dims[1] != node.out.channels;
    const float scale = scale_of(model, name);
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

inline IntegerNetwork imported(const onnx::ModelProto& model, const QonnxOptions& options = {}) {
  return workloads::import_qonnx(OnnxOnDisk(model).path(), options);
}

inline std::string refusal(const onnx::ModelProto& model, const QonnxOptions& options = {}) {
  try {
    imported(model, options);
  } catch (const workloads::WorkloadError& error) {
    return error.what();
  }
  return "";
}

/// A small network: quantizer, convolution, activation, and pooling in front of a fully connected layer.
inline Drawn small(const std::function<std::string(Drawn&, const std::string&)>& middle = {}) {
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

}  // namespace ernsim::test
