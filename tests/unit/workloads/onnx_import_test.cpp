#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <set>

#include "tests/support/onnx_export.h"
#include "workloads/error.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"

// The importer against files written here as the official exporter writes them, whole and damaged.

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

struct Network {
  workloads::Graph graph;
  workloads::Parameters parameters;
};

Network network(const std::string& name, const workloads::NetworkOptions& options) {
  Network made{workloads::build_network(name, options), {}};
  made.parameters = workloads::seeded_parameters(made.graph, 7);
  return made;
}

onnx::ModelProto small_model() {
  const Network made = network("ERNs18x075", {"released", 32, 32, 10});
  return test::export_onnx(made.graph, made.parameters);
}

/// The one line the importer refuses `bytes` with.
std::string refusal_of(const std::string& bytes) {
  const test::OnnxOnDisk file(bytes);
  try {
    workloads::import_onnx(file.path());
  } catch (const workloads::WorkloadError& error) {
    const std::string text = error.what();
    CHECK(text.find('\n') == std::string::npos);
    CHECK_THAT(text, Catch::Matchers::StartsWith(file.path() + ": "));
    return text;
  }
  return "accepted";
}

std::string refusal_of(const onnx::ModelProto& model) { return refusal_of(model.SerializeAsString()); }

onnx::AttributeProto& attribute_of(onnx::NodeProto& node, const std::string& name) {
  for (auto& each : *node.mutable_attribute())
    if (each.name() == name) return each;
  throw std::runtime_error(name);
}

/// In front of the node `before`.
void insert_identity(onnx::ModelProto& model, const std::string& before, const std::string& of,
                     const std::string& name) {
  auto& nodes = *model.mutable_graph()->mutable_node();
  auto* made = nodes.Add();
  made->set_op_type("Identity");
  made->add_input(of);
  made->add_output(name);
  for (int at = nodes.size() - 1; at > 0; --at) {
    nodes.SwapElements(at, at - 1);
    if (nodes.Get(at).name() == before) return;
  }
}

void require_equal(const workloads::Graph& found, const workloads::Graph& expected) {
  REQUIRE(found.nodes.size() == expected.nodes.size());
  CHECK(found.stem == expected.stem);
  CHECK(found.embedding == expected.embedding);
  for (std::size_t i = 0; i < found.nodes.size(); ++i) {
    const auto &a = found.nodes[i], &b = expected.nodes[i];
    INFO(b.name);
    CHECK(a.name == b.name);
    CHECK(a.kind == b.kind);
    CHECK(a.inputs == b.inputs);
    CHECK((a.out.channels == b.out.channels && a.out.height == b.out.height && a.out.width == b.out.width));
    CHECK((a.kernel == b.kernel && a.stride == b.stride && a.padding == b.padding && a.role == b.role));
    CHECK((a.batch_norm == b.batch_norm && a.quantizer == b.quantizer));
  }
}

}  // namespace

TEST_CASE("every built-in network comes back from its ONNX file") {
  for (const auto& name : workloads::network_names()) {
    const Network made = network(name, {"released", 64, 96, 10});
    const test::OnnxOnDisk file(test::export_onnx(made.graph, made.parameters));
    const auto imported = workloads::import_onnx(file.path());
    require_equal(imported.graph, made.graph);
    for (std::size_t i = 0; i < made.graph.nodes.size(); ++i)
      CHECK((imported.parameters.signs[i] == made.parameters.signs[i]));
  }
}

TEST_CASE("the paper's stem and every thermometer come back from an ONNX file") {
  for (const int thermometer : {10, 21, 32}) {
    const Network made = network("ERNs18x075", {"paper", 32, 64, thermometer});
    const test::OnnxOnDisk file(test::export_onnx(made.graph, made.parameters));
    require_equal(workloads::import_onnx(file.path()).graph, made.graph);
  }
}

TEST_CASE("an exported network comes back with every threshold, sign and quantizer") {
  const Network made = network("ERNs18x075", {"released", 33, 47, 7});
  const test::OnnxOnDisk file(workloads::export_onnx({made.graph, made.parameters}));
  const auto imported = workloads::import_onnx(file.path());
  require_equal(imported.graph, made.graph);
  const auto found = workloads::fold(imported.graph, imported.parameters);
  const auto expected = workloads::fold(made.graph, made.parameters);
  std::size_t different = 0;
  for (std::size_t i = 0; i < made.graph.nodes.size(); ++i) {
    CHECK((found.weights[i] == expected.weights[i]));
    REQUIRE(found.thresholds[i].size() == expected.thresholds[i].size());
    for (std::size_t c = 0; c < expected.thresholds[i].size(); ++c) {
      const auto &a = found.thresholds[i][c], &b = expected.thresholds[i][c];
      different += a.direction != b.direction ||
                           !std::equal(std::begin(a.thresholds), std::end(a.thresholds), std::begin(b.thresholds))
                       ? 1
                       : 0;
    }
  }
  CHECK(different == 0);
  for (std::size_t c = 0; c < expected.logit_scale.size(); ++c)
    CHECK(found.logit_scale[c] == Approx(expected.logit_scale[c]).epsilon(1e-6));
}

TEST_CASE("heads that are maps, grey pictures and other quantizers come back from an ONNX file") {
  auto graph = workloads::build(workloads::parse_plan(
      "stem = \"other\"\ncolours = 1\ninput_height = 20\ninput_width = 31\n[stem1]\nwidth = 12\nkernel = 4\nstride = "
      "3\n"
      "[stage1]\nwidth = 21\nblocks = 2\n[head1]\nstage = 1\nchannels = 6\nkernel = 3\npool = false\n",
      "mine.toml", {}));
  for (auto& node : graph.nodes)
    if (node.name == "backbone.layer1.0.act1") node.quantizer = {2.0, 0.25, 2, 1.0};
  graph.nodes[1].padding = 1;
  graph.nodes[1].padding.top = 3;
  graph = workloads::resized(graph, 20, 31);
  const auto parameters = workloads::seeded_parameters(graph, 3);
  const test::OnnxOnDisk file(workloads::export_onnx({graph, parameters}));
  const auto imported = workloads::import_onnx(file.path());
  require_equal(imported.graph, graph);
  CHECK(imported.graph.colours == 1);
  const auto network = workloads::fold(imported.graph, imported.parameters);
  CHECK(network.logit_scale.empty());
  CHECK(network.map_scale.back().size() == 6);
}

TEST_CASE("a weight of minus zero counts as plus one") {
  auto model = small_model();
  auto* raw = test::initializer_of(model, "backbone.conv1.weight").mutable_raw_data();
  const float zero = -0.0F;
  std::memcpy(raw->data(), &zero, sizeof zero);
  const test::OnnxOnDisk file(model);
  CHECK(workloads::import_onnx(file.path()).parameters.signs[1].count_negative(0, 1) == 0);
}

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

TEST_CASE("an unsupported operation is refused with the name of its node") {
  auto model = small_model();
  test::node_of(model, "/backbone.layer2.0.conv1").set_op_type("ConvTranspose");
  CHECK_THAT(refusal_of(model), Contains("node '/backbone.layer2.0.conv1' (ConvTranspose)"));
}

TEST_CASE("an operation of another domain is refused with the name of its node") {
  auto model = small_model();
  test::node_of(model, "/backbone.layer1.0.add").set_domain("com.example");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.layer1.0.add'"));
}

TEST_CASE("another version of domain lm is refused") {
  auto model = small_model();
  model.mutable_opset_import(1)->set_version(3);
  CHECK_THAT(refusal_of(model), Contains("version 3 of domain lm"));
}

TEST_CASE("weights with the wrong number of input channels are refused with both numbers") {
  auto model = small_model();
  auto& tensor = test::initializer_of(model, "backbone.conv2.weight");
  tensor.set_dims(1, 32);
  tensor.mutable_raw_data()->resize(tensor.raw_data().size() / 2);
  CHECK_THAT(refusal_of(model), Contains("[64,32,3,3]") && Contains("64 channels"));
}

TEST_CASE("weights with fewer elements than their shape are refused") {
  auto model = small_model();
  test::initializer_of(model, "backbone.conv2.weight").mutable_raw_data()->resize(400);
  CHECK_THAT(refusal_of(model), Contains("holds 100 elements"));
}

TEST_CASE("kernels larger than 7 and kernels that are not square are refused") {
  for (const auto& [height, width] : {std::pair(8, 8), std::pair(3, 1), std::pair(0, 0)}) {
    auto model = small_model();
    auto& tensor = test::initializer_of(model, "backbone.conv1_2.weight");
    tensor.set_dims(2, height);
    tensor.set_dims(3, width);
    tensor.mutable_raw_data()->resize(static_cast<std::size_t>(64 * 64 * height * width) * sizeof(float));
    CHECK_THAT(refusal_of(model), Contains("k from 1 to 7"));
  }
}

TEST_CASE("parameters for another number of channels are refused with both numbers") {
  auto model = small_model();
  auto& tensor = test::initializer_of(model, "backbone.conv1.weight");
  tensor.set_dims(0, 60);
  tensor.mutable_raw_data()->resize(60 * 30 * 9 * 4);
  CHECK_THAT(refusal_of(model), Contains("'/backbone.bn1'") && Contains("64 parameters for 60 channels"));
}

TEST_CASE("convolution attributes an ERN cannot have are refused by name") {
  for (const std::string name : {"group", "pads", "strides", "dilations"}) {
    auto model = small_model();
    auto& attribute = attribute_of(test::node_of(model, "/backbone.conv2"), name);
    if (attribute.ints_size() > 0)
      attribute.set_ints(0, 5);
    else
      attribute.set_i(5);
    CHECK_THAT(refusal_of(model), Contains("'/backbone.conv2' (Conv)") && Contains(name));
  }
}

TEST_CASE("a bias of a convolution moves the thresholds of its activation and nothing else") {
  auto model = small_model();
  const auto thresholds = [](const onnx::ModelProto& from) {
    const test::OnnxOnDisk file(from);
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
  test::node_of(model, "/backbone.conv2").add_input("bias");
  CHECK(thresholds(model) == std::pair(mean - 0.75, scale));
}

TEST_CASE("weights that are not binary are refused") {
  auto model = small_model();
  test::node_of(model, "/backbone.conv2").set_input(1, "backbone.conv2.weight");
  CHECK_THAT(refusal_of(model), Contains("binary quantizer"));
}

TEST_CASE("a missing initializer is refused by name") {
  auto model = small_model();
  test::initializer_of(model, "backbone.bn2.running_var").set_name("elsewhere");
  CHECK_THAT(refusal_of(model), Contains("backbone.bn2.running_var"));
}

TEST_CASE("a sum of two scales is refused with its node and both") {
  auto model = small_model();
  test::node_of(model, "/backbone.layer1.0.conv2/p").mutable_attribute(0)->mutable_t()->set_float_data(0, 16);
  CHECK_THAT(refusal_of(model),
             Contains("'/backbone.layer1.0.add'") && Contains("counts in 0.0625") && Contains("counts in 0.03125"));
}

TEST_CASE("a sum of one scale that is no power of two is accepted, and its activation knows it") {
  auto model = small_model();
  for (auto& node : *model.mutable_graph()->mutable_node())
    if (node.op_type() == "Constant" && node.name().rfind("/p") == node.name().size() - 2)
      node.mutable_attribute(0)->mutable_t()->set_float_data(0, 24);
  const test::OnnxOnDisk file(model);
  const auto imported = workloads::import_onnx(file.path());
  for (std::size_t n = 0; n < imported.graph.nodes.size(); ++n)
    if (imported.graph.nodes[n].kind == workloads::NodeKind::add)
      CHECK(workloads::integer_scale(imported.graph, imported.parameters, static_cast<int>(n))[0] == 1.0 / 24);
}

TEST_CASE("an activation with other levels is refused") {
  auto model = small_model();
  test::node_of(model, "/backbone.act1/max").mutable_attribute(0)->mutable_t()->set_float_data(0, 7);
  CHECK_THAT(refusal_of(model), Contains("'/backbone.act1'") && Contains("max is 7"));
}

TEST_CASE("a variance below zero is refused") {
  auto model = small_model();
  const float negative = -1;
  auto* raw = test::initializer_of(model, "backbone.bn2.running_var").mutable_raw_data();
  std::memcpy(raw->data(), &negative, sizeof negative);
  CHECK_THAT(refusal_of(model), Contains("variance"));
}

TEST_CASE("a file that leaves the sides of its picture open says so") {
  auto model = small_model();
  const test::OnnxOnDisk whole(model);
  CHECK(workloads::import_onnx(whole.path()).sized);
  auto& shape = *model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
  shape.mutable_dim(2)->set_dim_param("height");
  shape.mutable_dim(3)->set_dim_param("width");
  const test::OnnxOnDisk open(model);
  const auto imported = workloads::import_onnx(open.path());
  CHECK_FALSE(imported.sized);
  require_equal(workloads::resized(imported.graph, 32, 32), workloads::import_onnx(whole.path()).graph);
}

TEST_CASE("a node whose result nobody uses is refused") {
  auto model = small_model();
  auto copy = test::node_of(model, "/backbone.conv2");
  copy.set_name("extra");
  copy.set_output(0, "extra");
  copy.set_input(1, "backbone.conv2/q");
  auto renamed = copy;
  *model.mutable_graph()->add_node() = renamed;
  CHECK_THAT(refusal_of(model), Contains("second node") || Contains("not used"));
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
    auto* attribute = test::node_of(model, node).add_attribute();
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
    auto* attribute = test::node_of(model, each.node).add_attribute();
    attribute->set_name(each.name);
    attribute->set_type(each.type);
    attribute->set_i(each.value);
    attribute->set_s("SAME_UPPER");
    CHECK_THAT(refusal_of(model), Contains("'" + each.node + "'") && Contains(each.name));
  }
}

TEST_CASE("attributes that say what is computed anyway are accepted") {
  auto model = small_model();
  const auto set = [&model](const char* node, const char* name, onnx::AttributeProto::AttributeType type, int value) {
    auto* attribute = test::node_of(model, node).add_attribute();
    attribute->set_name(name);
    attribute->set_type(type);
    attribute->set_i(value);
    attribute->set_s("NOTSET");
  };
  set("/backbone.bn2", "training_mode", onnx::AttributeProto::INT, 0);
  set("/backbone.bn2", "momentum", onnx::AttributeProto::FLOAT, 0);
  set("/flatten", "axis", onnx::AttributeProto::INT, 1);
  set("/backbone.conv2", "auto_pad", onnx::AttributeProto::STRING, 0);
  test::node_of(model, "/backbone.conv2").add_input("");  // an optional bias that is left out
  CHECK(refusal_of(model) == "accepted");
}

TEST_CASE("an addition of two picture sizes is refused with the node and both shapes") {
  auto model = small_model();
  auto& strides = attribute_of(test::node_of(model, "/backbone.layer2.0.downsample"), "strides");
  strides.set_ints(0, 1);
  strides.set_ints(1, 1);
  CHECK_THAT(refusal_of(model),
             Contains("'/backbone.layer2.0.add' (Add)") && Contains("[128,4,4]") && Contains("[128,8,8]"));
}

TEST_CASE("an addition of a value to itself is refused") {
  auto model = small_model();
  auto& add = test::node_of(model, "/backbone.layer1.0.add");
  add.set_input(1, add.input(0));
  CHECK_THAT(refusal_of(model), Contains("'/backbone.layer1.0.add'") && Contains("to itself"));
}

TEST_CASE("further outputs, as of batch normalisation in training mode, are refused") {
  auto model = small_model();
  test::node_of(model, "/backbone.bn2").add_output("mean");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.bn2'") && Contains("training mode"));
}

TEST_CASE("a value that two nodes make is refused") {
  auto model = small_model();
  test::node_of(model, "/backbone.conv2").set_output(0, "backbone.conv1");
  CHECK_THAT(refusal_of(model), Contains("'/backbone.conv2'") && Contains("made twice"));
}

TEST_CASE("Identity of a constant, of weights and of a value changes nothing but names") {
  auto model = small_model();
  const test::OnnxOnDisk plain(model);
  insert_identity(model, "/backbone.bn2", "backbone.bn1.bias", "alias.bias");
  insert_identity(model, "/backbone.conv2", "backbone.conv2/q", "alias/q");
  insert_identity(model, "/backbone.conv2", "backbone.act1", "alias/act1");
  test::node_of(model, "/backbone.bn2").set_input(2, "alias.bias");
  auto& convolution = test::node_of(model, "/backbone.conv2");
  convolution.set_input(0, "alias/act1");
  convolution.set_input(1, "alias/q");
  const test::OnnxOnDisk file(model);
  const auto found = workloads::import_onnx(file.path()), expected = workloads::import_onnx(plain.path());
  require_equal(found.graph, expected.graph);
  for (std::size_t i = 0; i < expected.graph.nodes.size(); ++i)
    CHECK((found.parameters.signs[i] == expected.parameters.signs[i]));
  const auto bias_of = [](const workloads::ImportedNetwork& network, const std::string& name) {
    for (std::size_t i = 0; i < network.graph.nodes.size(); ++i)
      if (network.graph.nodes[i].name == name) return network.parameters.batch_norm[i].beta;
    throw std::runtime_error(name);
  };
  CHECK(bias_of(found, "backbone.act2") == bias_of(expected, "backbone.act1"));
}

TEST_CASE("Dropout changes nothing, and is refused in training mode") {
  auto model = small_model();
  auto& nodes = *model.mutable_graph()->mutable_node();
  insert_identity(model, "/backbone.conv2", "backbone.act1", "dropped");
  for (auto& node : nodes)
    if (node.output(0) == "dropped") node.set_op_type("Dropout");
  test::node_of(model, "/backbone.conv2").set_input(0, "dropped");
  const test::OnnxOnDisk file(model), plain(small_model());
  require_equal(workloads::import_onnx(file.path()).graph, workloads::import_onnx(plain.path()).graph);
  auto* mode = model.mutable_graph()->add_initializer();
  mode->set_name("training");
  mode->set_data_type(onnx::TensorProto::INT32);
  mode->add_int32_data(1);
  for (auto& node : nodes)
    if (node.output(0) == "dropped") {
      node.add_input("");
      node.add_input("training");
    }
  CHECK_THAT(refusal_of(model), Contains("(Dropout)") && Contains("training_mode"));
}

TEST_CASE("a constant is the same in every form that it may be written in") {
  const test::OnnxOnDisk plain(small_model());
  for (const char* form : {"value_float", "value_floats"}) {
    auto model = small_model();
    auto& attribute = *test::node_of(model, "/backbone.act1/scale2").mutable_attribute(0);
    attribute.Clear();
    attribute.set_name(form);
    const bool list = std::string(form) == "value_floats";
    attribute.set_type(list ? onnx::AttributeProto::FLOATS : onnx::AttributeProto::FLOAT);
    attribute.set_f(2.0F / 3);
    if (list) attribute.add_floats(2.0F / 3);
    const test::OnnxOnDisk file(model);
    require_equal(workloads::import_onnx(file.path()).graph, workloads::import_onnx(plain.path()).graph);
  }
}

TEST_CASE("data in a file beside the model are read, and not from elsewhere or beyond its end") {
  auto model = small_model();
  auto& tensor = test::initializer_of(model, "backbone.bn2.weight");
  const test::OnnxOnDisk data("12345678" + tensor.raw_data()), plain(model);
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
  const test::OnnxOnDisk file(model);
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

TEST_CASE("nodes that share their initializers get names that differ") {
  auto model = small_model();
  for (int i = 1; i < 5; ++i)
    test::node_of(model, "/backbone.bn2").set_input(i, test::node_of(model, "/backbone.bn1").input(i));
  const test::OnnxOnDisk file(model);
  const auto found = workloads::import_onnx(file.path());
  std::set<std::string> names;
  for (const auto& node : found.graph.nodes) CHECK(names.insert(node.name).second);
  CHECK(names.count("backbone.act1_2") == 1);
}
