#pragma once

#include <set>
#include <string>

#include "import/onnx_file.h"

namespace ernsim::workloads {

/// The names of a file's tensors: initializers, its input and what nodes make, each of which is there once.
class TensorNames {
 public:
  /// Those of the initializers. Refuses a file with two of one name.
  explicit TensorNames(const OnnxFile& file);

  /// The file's input that is no initializer. Refuses a file without one, or with a second.
  const onnx::ValueInfoProto& input();
  /// What a node makes. Refuses the node if that is there already.
  void add(const onnx::NodeProto& node);

 private:
  const OnnxFile& file_;
  std::set<std::string> names_;
};

}  // namespace ernsim::workloads
