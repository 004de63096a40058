#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/unit/workloads/onnx_small_model.h"
#include "tests/unit/workloads/qonnx_drawn.h"

// What nodes of QONNX files may say, and shapes of constants.

using namespace ernsim::workloads;
using namespace ernsim::test;
using Catch::Contains;

namespace {

/// The small network with one more node in front of its activation.
std::string refusal_with(const std::function<std::string(QonnxModel&, const std::string&)>& node) {
  return refusal(small([&](Drawn& drawn, const std::string& in) { return node(drawn.model, in); }).model.model);
}

/// Its convolution reads weights of that many elements through a Reshape to `sides`.
std::string refusal_of_reshape(int elements, const std::vector<float>& sides) {
  Drawn drawn(1);
  auto& model = drawn.model;
  model.tensor("floats", {elements}, drawn.numbers(static_cast<std::size_t>(elements), -1, 1));
  model.tensor("sides", {static_cast<std::int64_t>(sides.size())}, sides);
  model.node("Reshape", "weights", {"floats", "sides"});
  model.node("GlobalAveragePool", "pool",
             {model.convolution("conv", model.quant("q", "image", 0.25F),
                                model.bipolar("wq", "weights", model.number(1)), 1, 1)});
  model.finish("pool");
  return refusal(model.model);
}

/// The small network's pooling is another operation on the same codes, and `node` on it changes its shape.
std::string refusal_behind_pooling(const std::function<void(QonnxModel&)>& node) {
  Drawn drawn(1);
  auto& model = drawn.model;
  const std::string stem = drawn.convolution("conv", model.quant("q", "image", 0.25F), 8, 3, 3, 1);
  model.node("GlobalAveragePool", "pool", {drawn.activation("act", stem, 8, 0.5F)});
  node(model);
  const std::string floats = model.tensor("fc.weight", {8, 5}, drawn.numbers(40, -1, 1));
  model.node("MatMul", "logits", {"flat", model.bipolar("fc.q", floats, model.number(0.3F))});
  model.finish("logits");
  return refusal(model.model);
}

}  // namespace

TEST_CASE("A constant's new shape has whole sides, one of which may be left open, and as many elements") {
  CHECK(refusal_of_reshape(24, {8, 3, 1, 1}).empty());
  CHECK(refusal_of_reshape(24, {-1, 3, 1, 1}).empty());
  for (const std::vector<float>& sides : std::vector<std::vector<float>>{{-8, -3, 1, 1},
                                                                         {-1, -1, 1, 1},
                                                                         {1.75F, 3, 2, 2},
                                                                         {8, 3, 1, 1},
                                                                         {-1, 4, 1, 1},
                                                                         {8, 3, 1, 1, 0},
                                                                         {65536, 65536, 65536, 65536},
                                                                         {4294967296.0F, 4294967296.0F, 1, 1},
                                                                         {std::nanf(""), 3, 1, 1}})
    CHECK_THAT(refusal_of_reshape(21, sides),
               Contains("'weights' (Reshape): its shape must be whole sides") ||
                   Contains("'weights' (Reshape): input 1 holds a value that is not finite"));
}

TEST_CASE("A Cast to a type that rounds values away is refused") {
  const auto cast_to = [](std::int64_t type) {
    return refusal_with([=](QonnxModel& model, const std::string& in) {
      set_integer(model.node("Cast", "cast", {in}), "to", type);
      return std::string("cast");
    });
  };
  CHECK(cast_to(onnx::TensorProto::FLOAT).empty());
  CHECK(cast_to(onnx::TensorProto::DOUBLE).empty());
  for (const auto type : {onnx::TensorProto::INT8, onnx::TensorProto::INT64, onnx::TensorProto::FLOAT16})
    CHECK_THAT(cast_to(type), Contains("'cast' (Cast): to is type") && Contains("round values away"));
}

TEST_CASE("Constants that are cast to integers lose what is behind the point") {
  Drawn drawn(1);
  auto& model = drawn.model;
  set_integer(model.node("Cast", "scale", {model.number(2.75F)}), "to", onnx::TensorProto::INT64);
  const std::string floats = model.tensor("w", {8, 3, 1, 1}, drawn.numbers(24, -1, 1));
  model.node("Mul", "unit", {model.quant("q", "image", 0.25F), model.number(4)});
  model.node("GlobalAveragePool", "pool",
             {model.convolution("conv", "unit", model.bipolar("wq", floats, "scale"), 1, 1)});
  model.finish("pool");
  CHECK(imported(model.model).logit_scale == std::vector<double>(8, 2));
}

TEST_CASE("A Dropout in training mode is refused, of either form of ONNX") {
  const auto training = [](bool on) {
    onnx::TensorProto flag;
    flag.set_name("training");
    flag.set_data_type(onnx::TensorProto::BOOL);
    flag.set_raw_data(std::string(1, on ? 1 : 0));
    return flag;
  };
  for (const bool on : {false, true}) {
    const std::string qonnx = refusal_with([&](QonnxModel& model, const std::string& in) {
      *model.model.mutable_graph()->add_initializer() = training(on);
      model.node("Dropout", "drop", {in, model.number(0.5F), "training"});
      return std::string("drop");
    });
    // What is pooled already, so that nothing else has to change.
    auto official = small_model();
    *official.mutable_graph()->add_initializer() = training(on);
    auto& drop = node_of(official, "/flatten");
    drop.set_op_type("Dropout");
    drop.set_name("drop");
    drop.clear_attribute();
    drop.add_input("");
    drop.add_input("training");
    for (const std::string& text : {qonnx, refusal_of(official)})
      CHECK((on ? text.find("'drop' (Dropout): training_mode must be 0") != std::string::npos
                : text.empty() || text == "accepted"));
  }
}

TEST_CASE("Attributes that a QONNX node's operation has not, or that are not honoured, are refused by name") {
  const auto with = [](const char* operation, const char* attribute, std::int64_t value) {
    auto model = small().model.model;
    for (auto& node : *model.mutable_graph()->mutable_node())
      if (node.op_type() == operation) set_integer(node, attribute, value);
    return refusal(model);
  };
  CHECK_THAT(with("Conv", "group", 3), Contains("'conv' (Conv): group must be 1"));
  CHECK_THAT(with("Flatten", "axis", 0), Contains("'flat' (Flatten): axis must be 1"));
  CHECK_THAT(with("Quant", "rounding_mode", 1), Contains("(Quant): attribute 'rounding_mode' is of type INT"));
  CHECK_THAT(with("GlobalAveragePool", "ceil_mode", 1), Contains("'pool' (GlobalAveragePool): attribute 'ceil_mode'"));
  CHECK_THAT(with("MatMul", "transB", 1), Contains("'logits' (MatMul): attribute 'transB' is not supported"));
}

TEST_CASE("An operation of a domain that gives it another meaning is refused") {
  for (const char* domain : {"qonnx.custom_op.channels_last", "com.example"}) {
    auto model = small().model.model;
    for (auto& node : *model.mutable_graph()->mutable_node())
      if (node.op_type() == "Conv") node.set_domain(domain);
    CHECK_THAT(refusal(model), Contains("'conv' (Conv): operation cannot be lowered"));
  }
}

TEST_CASE("An average pooling of the whole map is read, and refused where its padding depends on the map") {
  const auto pooled = [](const char* auto_pad) {
    Drawn drawn(1);
    auto& model = drawn.model;
    auto& pool =
        model.node("AveragePool", "pool", {drawn.convolution("conv", model.quant("q", "image", 0.25F), 8, 3, 1, 1)});
    set_integers(pool, "kernel_shape", {side, side});
    set_text(pool, "auto_pad", auto_pad);
    model.finish("pool");
    return refusal(model.model);
  };
  CHECK(pooled("NOTSET").empty());
  CHECK_THAT(pooled("SAME_UPPER"), Contains("'pool' (AveragePool): auto_pad must be NOTSET"));
}

TEST_CASE("What is pooled becomes [N,C], by whatever node, and nothing else") {
  CHECK(refusal_behind_pooling([](QonnxModel& model) {
          model.node("Reshape", "flat", {"pool", model.integers({0, -1})});
        }).empty());
  CHECK(refusal_behind_pooling([](QonnxModel& model) {
          model.node("Squeeze", "flat", {"pool", model.integers({-1, 2})});
        }).empty());
  CHECK_THAT(refusal_behind_pooling([](QonnxModel& model) {
               model.node("Reshape", "flat", {"pool", model.integers({8, 1})});
             }),
             Contains("'flat' (Reshape): must give [1,8]"));
  CHECK_THAT(refusal_behind_pooling([](QonnxModel& model) {
               model.node("Squeeze", "flat", {"pool", model.integers({0, 3})});
             }),
             Contains("'flat' (Squeeze): must take away height and width"));
  CHECK_THAT(refusal_behind_pooling([](QonnxModel& model) { model.node("Identity", "flat", {"pool"}); }),
             Contains("'logits' (MatMul): needs [N,C]"));
}

TEST_CASE("A quantizer with one code alone is refused") {
  const std::string text = refusal_with([](QonnxModel& model, const std::string& in) {
    auto& quant = model.node("Quant", "one", {in, model.number(1), model.number(0), model.number(1)});
    set_integer(quant, "signed", 0);
    set_integer(quant, "narrow", 1);
    return std::string("one");
  });
  CHECK_THAT(text, Contains("'one' (Quant): has one code alone"));
}

TEST_CASE("A picture of a QONNX file may be as large as any other, and not larger") {
  const auto sized = [](int rows) {
    Drawn drawn(1);
    QonnxModel model(3, rows, 1);
    const std::string floats = model.tensor("w", {2, 3, 1, 1}, drawn.numbers(6, -1, 1));
    model.node("GlobalAveragePool", "pool",
               {model.convolution("conv", model.quant("q", "image", 0.25F),
                                  model.bipolar("wq", floats, model.number(1)), 1, 1)});
    model.finish("pool");
    return refusal(model.model);
  };
  CHECK(sized(largest_side).empty());
  CHECK_THAT(sized(largest_side + 1), Contains("input height 2049: must be from 1 to 2048"));
}

TEST_CASE("A network is called after its file, compressed or not") {
  const OnnxOnDisk file(small().model.model);
  const std::string name = import_qonnx(file.path(), {}).graph.network;
  const std::string packed = file.path() + ".xz";
  REQUIRE(std::system(("xz -k -0 " + file.path()).c_str()) == 0);
  CHECK(import_qonnx(packed, {}).graph.network == name);
  std::filesystem::remove(packed);
}

TEST_CASE("A QONNX file whose constants cannot be read is refused for that") {
  auto model = small().model.model;
  auto& weights = initializer_of(model, "conv.weight");
  weights.clear_float_data();
  weights.set_data_location(onnx::TensorProto::EXTERNAL);
  const OnnxOnDisk file(model);
  CHECK(is_qonnx(file.path()));
  CHECK_THAT(refusal(model), Contains("tensor 'conv.weight': its data are in ''"));
}

TEST_CASE("A concatenation of nothing is refused") {
  CHECK_THAT(refusal_with([](QonnxModel& model, const std::string&) {
               set_integer(model.node("Concat", "none", {}), "axis", 1);
               return std::string("none");
             }),
             Contains("'none' (Concat): has no input"));
}

TEST_CASE("Scales, biases and constants that leave the range of numbers are refused where they do, or at the end") {
  const auto multiplied = [](const char* operation, float by, int times) {
    return [=](QonnxModel& model, const std::string& in) {
      std::string made = in;
      for (int i = 0; i < times; ++i)
        made = model.node(operation, "m" + std::to_string(i), {made, model.number(by)}).output(0);
      return made;
    };
  };
  CHECK(refusal_with(multiplied("Mul", 1e38F, 10)).empty());
  CHECK_THAT(refusal_with(multiplied("Mul", 1e38F, 200)), Contains("'m129' (Mul): gives a value that is not finite"));
  CHECK_THAT(refusal_with(multiplied("Div", 1e-38F, 200)), Contains("(Div): gives a value that is not finite"));
  CHECK_THAT(refusal_with([](QonnxModel& model, const std::string& in) {
               auto& node = model.node("MultiThreshold", "far", {in, model.tensor("levels", {1, 3}, {1, 2, 3})});
               set_decimal(node, "out_scale", HUGE_VALF);
               return std::string("far");
             }),
             Contains("'far' (MultiThreshold): gives a value that is not finite"));
  auto result = small().model;
  result.model.mutable_graph()->mutable_output()->Clear();
  result.finish(multiplied("Mul", 1e38F, 2)(result, "logits"));
  CHECK_THAT(refusal(result.model), Contains("class 0") && Contains("single precision"));
}
