#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"
#include "workloads/folding.h"

// Networks whose input is 2-bit codes already.

using namespace ernsim;
using namespace ernsim::test;
using namespace ernsim::workloads;
using Catch::Contains;

namespace {

constexpr int channels = 13;
constexpr float scale = 0.25F;

/// A convolution of quantized codes and one of what becomes of it.
onnx::ModelProto with_codes(const std::string& quantizer = "q") {
  Drawn drawn(3);
  auto& model = drawn.model;
  QonnxModel codes(channels, side, side);
  *model.model.mutable_graph()->mutable_input() = codes.model.graph().input();
  const std::string input = quantizer.empty() ? "image" : model.quant(quantizer, "image", scale);
  const std::string act = drawn.activation("act", drawn.convolution("conv", input, 8, channels, 3, 2), 8, 0.5F);
  model.node("GlobalAveragePool", "pool", {drawn.convolution("head", act, 5, 8, 1, 1)});
  return model.finish("pool");
}

}  // namespace

TEST_CASE("A QONNX network that reads codes has every code of its execution in floating point") {
  const auto model = with_codes();
  const IntegerNetwork network = imported(model);
  CHECK(reads_codes(network.graph));
  CHECK(network.graph.nodes[0].out.channels == channels);
  const Image codes = generated_input(network.graph, 5);
  FloatTensor floats{{1, channels, side, side}, {}};
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t i = 0; i < side * side; ++i)
      floats.values.push_back(static_cast<double>(scale) * codes.bytes[i * channels + c]);
  const auto found = difference(model, network, codes, floats);
  CHECK(found.codes == 0);
  CHECK(found.compared == 8 * side * side / 4);
  CHECK(found.logit < 1e-5);
}

TEST_CASE("Channels that are neither colours nor quantized codes are refused with what would fit") {
  CHECK_THAT(refusal(with_codes("")), Contains("input 'image' must be [1,C,H,W] or [1,H,W,C], C 1 or 3 colours; or "
                                               "[1,C,H,W], codes that a 2-bit Quant reads"));
}

TEST_CASE("An official network without a pixel embedding reads codes, and is the same after its export") {
  auto model = small_model();
  const OnnxOnDisk whole(model);
  Graph graph = import_onnx(whole.path()).graph;
  graph.nodes[0] = Node{};
  graph.nodes[0].kind = NodeKind::code_input;
  graph.nodes[0].name = "input";
  graph.nodes[0].out.channels = channels;
  graph.colours = 3;
  graph.thermometer = 1;
  graph.embedding = thermometer(1);
  graph = resized(graph, graph.input_height, graph.input_width);
  const OnnxOnDisk file(export_onnx({graph, seeded_parameters(graph, 2)}));
  const ImportedNetwork read = import_onnx(file.path());
  require_equal(read.graph, graph);
  CHECK(reads_codes(read.graph));
}
