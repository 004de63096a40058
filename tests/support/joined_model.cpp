#include "tests/support/joined_model.h"

#include "tests/support/onnx_export.h"
#include "tests/support/qonnx_model.h"
#include "workloads/network_file.h"
#include "workloads/networks.h"

namespace ernsim::test {

namespace {

constexpr const char* chain = R"(
stem = "other"
input_height = 9
input_width = 7
thermometer = 2
classes = 5
[stem1]
width = 6
[stage1]
block = "plain"
width = 6
blocks = 3
)";

}  // namespace

void join(onnx::ModelProto& model, const std::string& name, const std::vector<std::string>& parts, int outputs,
          int kernel, int axis) {
  const int channels = 6 * static_cast<int>(parts.size());
  auto& weights = initializer_of(model, name + ".weight");
  std::vector<float> floats(static_cast<std::size_t>(outputs * channels * kernel * kernel));
  for (std::size_t i = 0; i < floats.size(); ++i) floats[i] = i * i % 7 < 3 ? -0.5F : 0.5F;
  weights.set_dims(1, channels);
  weights.set_raw_data(floats.data(), floats.size() * sizeof(float));
  auto& convolution = node_of(model, "/" + name);
  const std::string own = convolution.input(0);
  convolution.set_input(0, name + "/joined");
  auto& nodes = *model.mutable_graph()->mutable_node();
  auto& join = *nodes.Add();
  join.set_op_type("Concat");
  join.set_name("join");
  for (const std::string& part : parts) join.add_input(part);
  join.add_output(name + "/joined");
  set_integer(join, "axis", axis);
  for (int i = nodes.size() - 1; i > 0 && nodes[i - 1].output(0) != own; --i) nodes.SwapElements(i, i - 1);
}

onnx::ModelProto chain_model() {
  const auto graph = workloads::build(workloads::parse_plan(chain, "chain.toml", {}));
  return export_onnx(graph, workloads::seeded_parameters(graph, 3));
}

}  // namespace ernsim::test
