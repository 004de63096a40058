#pragma once

#include <string>

#include "import/onnx_tensor.h"
#include "workloads/parameters.h"

namespace ernsim::test {

/// The network as the official exporter would write it: domain lm, float weights, names of the official modules.
onnx::ModelProto export_onnx(const workloads::Graph& graph, const workloads::Parameters& parameters);

onnx::NodeProto& node_of(onnx::ModelProto& model, const std::string& name);
onnx::TensorProto& initializer_of(onnx::ModelProto& model, const std::string& name);

/// Writes the model into the temporary directory; the file goes away with the object.
class OnnxOnDisk {
 public:
  explicit OnnxOnDisk(const std::string& bytes);
  explicit OnnxOnDisk(const onnx::ModelProto& model) : OnnxOnDisk(model.SerializeAsString()) {}
  ~OnnxOnDisk();
  OnnxOnDisk(const OnnxOnDisk&) = delete;
  OnnxOnDisk& operator=(const OnnxOnDisk&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ernsim::test
