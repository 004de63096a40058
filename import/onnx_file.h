#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "import/onnx_tensor.h"

namespace ernsim::workloads {

/// A parsed ONNX file. All errors are WorkloadErrors that name the file, and the node where there is one.
class OnnxFile {
 public:
  /// official: of the official library, with its domain lm; nodes: any file, without its constants.
  enum class Read { official, any, nodes };
  explicit OnnxFile(const std::string& path, Read what = Read::official);

  const onnx::GraphProto& graph() const { return model_.graph(); }

  /// Throws: "FILE: node 'NAME' (Operation): what".
  [[noreturn]] void refuse(const onnx::NodeProto& node, const std::string& what) const;
  [[noreturn]] void refuse(const std::string& what) const;

  /// Name of an input; refuses the node if it has fewer.
  const std::string& input(const onnx::NodeProto& node, int index) const;
  /// Elements of an initializer or constant that is an input of the node; `tensor`, if given, becomes that tensor.
  std::vector<double> values(const onnx::NodeProto& node, int index, const onnx::TensorProto** tensor = nullptr) const;
  /// The same for one that must be a single number.
  double number(const onnx::NodeProto& node, int index) const;
  std::vector<std::int64_t> integers(const onnx::NodeProto& node, const char* attribute) const;
  /// Whether that is an initializer or a constant; alias() gives one a second name.
  bool is_constant(const std::string& name) const { return tensors_.count(name) != 0; }
  void alias(const std::string& name, const std::string& of) { tensors_[name] = tensors_.at(of); }

 private:
  std::string bytes() const;
  void bring(onnx::TensorProto& tensor) const;
  void check_versions() const;
  const onnx::TensorProto& tensor(const onnx::NodeProto& node, int index) const;

  std::string path_;
  onnx::ModelProto model_;
  std::deque<onnx::TensorProto> constants_;
  std::map<std::string, const onnx::TensorProto*> tensors_;  ///< initializers and constants
};

}  // namespace ernsim::workloads
