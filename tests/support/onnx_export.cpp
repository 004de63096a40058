#include "tests/support/onnx_export.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "workloads/onnx_import.h"

namespace ernsim::test {

namespace {

template <class Range>
auto& named(Range& range, const std::string& name) {
  for (auto& each : range)
    if (each.name() == name) return each;
  throw std::runtime_error("the model has no " + name);
}

}  // namespace

onnx::ModelProto export_onnx(const workloads::Graph& graph, const workloads::Parameters& parameters) {
  onnx::ModelProto model;
  model.ParseFromString(workloads::export_onnx({graph, parameters}));
  return model;
}

onnx::NodeProto& node_of(onnx::ModelProto& model, const std::string& name) {
  return named(*model.mutable_graph()->mutable_node(), name);
}

onnx::TensorProto& initializer_of(onnx::ModelProto& model, const std::string& name) {
  return named(*model.mutable_graph()->mutable_initializer(), name);
}

OnnxOnDisk::OnnxOnDisk(const std::string& bytes) {
  static int count = 0;
  const std::string name = "ernsim_" + std::to_string(::getpid()) + "_" + std::to_string(count++) + ".onnx";
  path_ = (std::filesystem::temp_directory_path() / name).string();
  std::ofstream(path_, std::ios::binary) << bytes;
}

OnnxOnDisk::~OnnxOnDisk() { std::filesystem::remove(path_); }

}  // namespace ernsim::test
