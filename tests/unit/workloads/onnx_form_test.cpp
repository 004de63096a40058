#include <catch2/catch.hpp>

#include "tests/unit/workloads/onnx_small_model.h"

// Operations, attributes and outputs that are honoured, and those that are not.

using namespace ernsim;
using namespace ernsim::test;
using Catch::Matchers::Contains;

TEST_CASE("an unsupported operation is refused with the name of its node") {
  auto model = small_model();
  node_of(model, "/backbone.layer2.0.conv1").set_op_type("ConvTranspose");
  CHECK_THAT(refusal_of(model), Contains("node '/backbone.layer2.0.conv1' (ConvTranspose)"));
}

TEST_CASE("an operation of another domain is refused with the name of its node") {
  auto model = small_model();
  node_of(model, "/backbone.layer1.0.add").set_domain("com.example");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.layer1.0.add'"));
}

TEST_CASE("convolution attributes an ERN cannot have are refused by name") {
  for (const std::string name : {"group", "pads", "strides"}) {
    auto model = small_model();
    auto& attribute = attribute_of(node_of(model, "/backbone.conv2"), name);
    if (attribute.ints_size() > 0)
      attribute.set_ints(0, 5);
    else
      attribute.set_i(5);
    CHECK_THAT(refusal_of(model), Contains("'/backbone.conv2' (Conv)") && Contains(name));
  }
}

TEST_CASE("attributes that are not honoured are refused by name, whatever the operation") {
  const std::vector<std::pair<std::string, std::string>> cases{{"/backbone.conv2", "ceil_mode"},
                                                               {"/backbone.bn2", "is_test"},
                                                               {"/backbone.layer1.0.add", "broadcast"},
                                                               {"/pool", "keepdims"},
                                                               {"/flatten", "perm"},
                                                               {"/embedding", "order"},
                                                               {"/backbone.act2", "scale"},
                                                               {"/backbone.conv2/quantizer", "axis"}};
  for (const auto& [node, name] : cases) {
    auto model = small_model();
    auto* attribute = node_of(model, node).add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto::INT);
    CHECK_THAT(refusal_of(model), Contains("'" + node + "'") && Contains("'" + name + "' is not supported"));
  }
}

TEST_CASE("attributes of another value or type than the one that is honoured are refused") {
  struct Case {
    std::string node, name;
    onnx::AttributeProto::AttributeType type;
    std::int64_t value;
  };
  for (const Case& each : {Case{"/backbone.bn2", "training_mode", onnx::AttributeProto::INT, 1},
                           {"/backbone.bn2", "spatial", onnx::AttributeProto::INT, 0},
                           {"/flatten", "axis", onnx::AttributeProto::INT, 2},
                           {"/flatten", "axis", onnx::AttributeProto::FLOAT, 1},
                           {"/backbone.conv2", "auto_pad", onnx::AttributeProto::STRING, 0}}) {
    auto model = small_model();
    auto* attribute = node_of(model, each.node).add_attribute();
    attribute->set_name(each.name);
    attribute->set_type(each.type);
    attribute->set_i(each.value);
    attribute->set_s("SAME_UPPER");
    CHECK_THAT(refusal_of(model), Contains("'" + each.node + "'") && Contains(each.name));
  }
}

TEST_CASE("attributes that do not say of which type they are are refused, whatever else they say") {
  struct Case {
    std::string node, name;
  };
  for (const Case& each :
       {Case{"/backbone.bn2", "training_mode"}, {"/flatten", "axis"}, {"/backbone.conv2", "group"}}) {
    auto model = small_model();
    auto& node = node_of(model, each.node);
    node.mutable_attribute()->Clear();
    auto* attribute = node.add_attribute();
    attribute->set_name(each.name);
    attribute->set_i(1);
    CHECK_THAT(refusal_of(model),
               Contains("'" + each.node + "'") && Contains("'" + each.name + "' is of type UNDEFINED, must be INT"));
  }
}

TEST_CASE("attributes that say what is computed anyway are accepted") {
  auto model = small_model();
  const auto set = [&model](const char* node, const char* name, onnx::AttributeProto::AttributeType type, int value) {
    auto* attribute = node_of(model, node).add_attribute();
    attribute->set_name(name);
    attribute->set_type(type);
    attribute->set_i(value);
    attribute->set_s("NOTSET");
  };
  set("/backbone.bn2", "training_mode", onnx::AttributeProto::INT, 0);
  set("/backbone.bn2", "momentum", onnx::AttributeProto::FLOAT, 0);
  set("/flatten", "axis", onnx::AttributeProto::INT, 1);
  set("/backbone.conv2", "auto_pad", onnx::AttributeProto::STRING, 0);
  node_of(model, "/backbone.conv2").add_input("");  // an optional bias that is left out
  CHECK(refusal_of(model) == "accepted");
}

TEST_CASE("further outputs, as of batch normalisation in training mode, are refused") {
  auto model = small_model();
  node_of(model, "/backbone.bn2").add_output("mean");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.bn2'") && Contains("training mode"));
}
