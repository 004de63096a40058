#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/unit/workloads/onnx_small_model.h"

// The file, its versions and its constants.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

TEST_CASE("an ONNX file that is missing is refused") {
  CHECK_THROWS_WITH(workloads::import_onnx("/nowhere/net.onnx"), "/nowhere/net.onnx: no such file");
}

TEST_CASE("an empty ONNX file is refused") { CHECK_THAT(refusal_of(std::string()), Contains("empty")); }

TEST_CASE("an ONNX file cut short anywhere is refused") {
  const std::string whole = small_model().SerializeAsString();
  for (std::size_t parts = 1; parts < 40; ++parts)
    CHECK(refusal_of(whole.substr(0, whole.size() * parts / 40)) != "accepted");
  for (std::size_t missing = 1; missing < 60; ++missing)
    CHECK(refusal_of(whole.substr(0, whole.size() - missing)) != "accepted");
}

TEST_CASE("a text file is refused as a network") {
  CHECK_THAT(refusal_of(std::string("this is no network\n")), Contains("not an ONNX file"));
}

TEST_CASE("another version of domain lm is refused") {
  auto model = small_model();
  model.mutable_opset_import(1)->set_version(3);
  CHECK_THAT(refusal_of(model), Contains("version 3 of domain lm"));
}

TEST_CASE("weights with fewer elements than their shape are refused") {
  auto model = small_model();
  initializer_of(model, "backbone.conv2.weight").mutable_raw_data()->resize(400);
  CHECK_THAT(refusal_of(model), Contains("holds 100 elements"));
}

TEST_CASE("a missing initializer is refused by name") {
  auto model = small_model();
  initializer_of(model, "backbone.bn2.running_var").set_name("elsewhere");
  CHECK_THAT(refusal_of(model), Contains("backbone.bn2.running_var"));
}

TEST_CASE("a constant is the same in every form that it may be written in") {
  const OnnxOnDisk plain(small_model());
  for (const char* form : {"value_float", "value_floats"}) {
    auto model = small_model();
    auto& attribute = *node_of(model, "/backbone.act1/scale2").mutable_attribute(0);
    attribute.Clear();
    attribute.set_name(form);
    const bool list = std::string(form) == "value_floats";
    attribute.set_type(list ? onnx::AttributeProto::FLOATS : onnx::AttributeProto::FLOAT);
    attribute.set_f(2.0F / 3);
    if (list) attribute.add_floats(2.0F / 3);
    const OnnxOnDisk file(model);
    require_equal(workloads::import_onnx(file.path()).graph, workloads::import_onnx(plain.path()).graph);
  }
}

TEST_CASE("data in a file beside the model are read, and not from elsewhere or beyond its end") {
  auto model = small_model();
  auto& tensor = initializer_of(model, "backbone.bn2.weight");
  const OnnxOnDisk data("12345678" + tensor.raw_data()), plain(model);
  tensor.clear_raw_data();
  tensor.set_data_location(onnx::TensorProto::EXTERNAL);
  const auto entry = [&tensor](const char* key, const std::string& value) {
    auto* made = tensor.add_external_data();
    made->set_key(key);
    made->set_value(value);
  };
  entry("location", std::filesystem::path(data.path()).filename());
  entry("offset", "8");
  entry("length", "256");
  const OnnxOnDisk file(model);
  const auto found = workloads::import_onnx(file.path()), expected = workloads::import_onnx(plain.path());
  for (std::size_t i = 0; i < expected.graph.nodes.size(); ++i)
    CHECK(found.parameters.batch_norm[i].gamma == expected.parameters.batch_norm[i].gamma);
  tensor.mutable_external_data(1)->set_value("9");
  CHECK_THAT(refusal_of(model), Contains("backbone.bn2.weight") && Contains("256 bytes from 9"));
  for (const char* elsewhere : {"../data", "/etc/passwd", ""}) {
    tensor.mutable_external_data(0)->set_value(elsewhere);
    CHECK_THAT(refusal_of(model), Contains("below the folder"));
  }
}

TEST_CASE("opsets from 9 to 21 are read") {
  for (const int opset : {8, 9, 13, 21, 22}) {
    auto model = small_model();
    model.mutable_opset_import(0)->set_version(opset);
    CHECK((refusal_of(model) == "accepted") == (opset >= 9 && opset <= 21));
  }
}
