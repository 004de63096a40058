#include <catch2/catch.hpp>
#include <cstring>

#include "tests/unit/workloads/onnx_small_model.h"
#include "workloads/folding.h"

// What stands between accumulators and codes.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

TEST_CASE("parameters for another number of channels are refused with both numbers") {
  auto model = small_model();
  auto& tensor = initializer_of(model, "backbone.conv1.weight");
  tensor.set_dims(0, 60);
  tensor.mutable_raw_data()->resize(60 * 30 * 9 * 4);
  CHECK_THAT(refusal_of(model), Contains("'/backbone.bn1'") && Contains("64 parameters for 60 channels"));
}

TEST_CASE("a bias of a convolution moves the thresholds of its activation and nothing else") {
  auto model = small_model();
  const auto thresholds = [](const onnx::ModelProto& from) {
    const OnnxOnDisk file(from);
    auto imported = workloads::import_onnx(file.path());
    const double scale = workloads::integer_scale(imported.graph, imported.parameters, 3)[5];
    const auto& norm = imported.parameters.batch_norm[4];
    return std::pair(norm.mean[5], scale);
  };
  const auto [mean, scale] = thresholds(model);
  auto* bias = model.mutable_graph()->add_initializer();
  bias->set_name("bias");
  bias->set_data_type(onnx::TensorProto::FLOAT);
  bias->add_dims(64);
  for (int i = 0; i < 64; ++i) bias->add_float_data(i == 5 ? 0.75F : 0.0F);
  node_of(model, "/backbone.conv2").add_input("bias");
  CHECK(thresholds(model) == std::pair(mean - 0.75, scale));
}

TEST_CASE("an activation with other levels is refused") {
  auto model = small_model();
  node_of(model, "/backbone.act1/max").mutable_attribute(0)->mutable_t()->set_float_data(0, 7);
  CHECK_THAT(refusal_of(model), Contains("'/backbone.act1'") && Contains("max is 7"));
}

TEST_CASE("a variance below zero is refused") {
  auto model = small_model();
  const float negative = -1;
  auto* raw = initializer_of(model, "backbone.bn2.running_var").mutable_raw_data();
  std::memcpy(raw->data(), &negative, sizeof negative);
  CHECK_THAT(refusal_of(model), Contains("variance"));
}

TEST_CASE("scales that leave the range of numbers, or of single precision at last, are refused") {
  const auto multiplied = [](const std::string& before, int times) {
    auto model = small_model();
    auto& nodes = *model.mutable_graph()->mutable_node();
    auto* by = model.mutable_graph()->add_initializer();
    by->set_name("large");
    by->set_data_type(onnx::TensorProto::FLOAT);
    by->add_float_data(1e38F);
    for (int i = 0; i < times; ++i) {
      auto& behind = node_of(model, before);
      onnx::NodeProto made;
      made.set_op_type("Mul");
      made.set_name("m" + std::to_string(i));
      made.add_input(behind.input(0));
      made.add_input("large");
      made.add_output(made.name());
      behind.set_input(0, made.name());
      nodes.Add()->CopyFrom(made);
      int at = nodes.size() - 1;
      do nodes.SwapElements(at, at - 1);
      while (nodes.Get(at--).name() != before);
    }
    return refusal_of(model);
  };
  CHECK(multiplied("/backbone.bn2", 2) == "accepted");
  CHECK_THAT(multiplied("/backbone.bn2", 10), Contains("'m8' (Mul): gives a value that is not finite"));
  CHECK_THAT(multiplied("/pool", 2), Contains("'/conv' (Conv): conv counts in ") && Contains("single precision"));
}
