#include "import/onnx_tensor_names.h"

#include <fmt/format.h>

namespace ernsim::workloads {

TensorNames::TensorNames(const OnnxFile& file) : file_(file) {
  for (const auto& tensor : file.graph().initializer())
    if (!names_.insert(tensor.name()).second) file.refuse(fmt::format("has two initializers '{}'", tensor.name()));
}

const onnx::ValueInfoProto& TensorNames::input() {
  const onnx::ValueInfoProto* found = nullptr;
  for (const auto& input : file_.graph().input()) {
    if (names_.count(input.name()) != 0) continue;
    if (found != nullptr) file_.refuse(fmt::format("has a second input '{}'; there may be one", input.name()));
    found = &input;
  }
  if (found == nullptr) file_.refuse("has no input");
  names_.insert(found->name());
  return *found;
}

void TensorNames::add(const onnx::NodeProto& node) {
  if (!names_.insert(node.output(0)).second)
    file_.refuse(node, fmt::format("its output '{}' is made twice", node.output(0)));
}

}  // namespace ernsim::workloads
