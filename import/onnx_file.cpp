#include "import/onnx_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "workloads/error.h"

namespace ernsim::workloads {

OnnxFile::OnnxFile(const std::string& path, bool official) : path_(path) {
  if (!std::filesystem::exists(path)) refuse("no such file");
  if (!std::filesystem::is_regular_file(path)) refuse("not a file");
  if (std::filesystem::file_size(path) == 0) refuse("the file is empty");
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse("cannot be read");
  if (!model_.ParseFromIstream(&in)) refuse("not an ONNX file, or cut short");
  if (!model_.has_graph() || graph().node_size() == 0) refuse("holds no ONNX graph");
  if (official) check_versions();
  for (const auto& tensor : graph().initializer()) tensors_[tensor.name()] = &tensor;
  for (const auto& node : graph().node())
    if (node.op_type() == "Constant" && node.output_size() == 1)
      for (const auto& attribute : node.attribute())
        if (attribute.name() == "value" && attribute.has_t()) tensors_[node.output(0)] = &attribute.t();
}

void OnnxFile::check_versions() const {
  bool ours = false;
  for (const auto& opset : model_.opset_import()) {
    if (opset.domain() == "lm" && opset.version() != 2)
      refuse(fmt::format("has version {} of domain lm; this program reads version 2", opset.version()));
    ours = ours || opset.domain() == "lm";
  }
  if (!ours) refuse("does not use domain lm: it is no export of the official library, or is cut short");
}

void OnnxFile::refuse(const onnx::NodeProto& node, const std::string& what) const {
  refuse(fmt::format("node '{}' ({}): {}", node.name(), node.op_type(), what));
}

void OnnxFile::refuse(const std::string& what) const { throw WorkloadError(fmt::format("{}: {}", path_, what)); }

const std::string& OnnxFile::input(const onnx::NodeProto& node, int index) const {
  if (index >= node.input_size())
    refuse(node, fmt::format("has {} inputs, input {} is missing", node.input_size(), index));
  return node.input(index);
}

const onnx::TensorProto& OnnxFile::tensor(const onnx::NodeProto& node, int index) const {
  const auto found = tensors_.find(input(node, index));
  if (found == tensors_.end())
    refuse(node, fmt::format("input {} '{}' is neither an initializer nor a constant", index, input(node, index)));
  return *found->second;
}

std::vector<double> OnnxFile::values(const onnx::NodeProto& node, int index,
                                     const onnx::TensorProto** tensor_out) const {
  const onnx::TensorProto& found = tensor(node, index);
  if (tensor_out != nullptr) *tensor_out = &found;
  try {
    return elements(found);
  } catch (const WorkloadError& error) {
    refuse(node, error.what());
  }
}

double OnnxFile::number(const onnx::NodeProto& node, int index) const {
  const auto found = values(node, index);
  if (found.size() != 1) refuse(node, fmt::format("input {} has {} elements, must be one number", index, found.size()));
  return found[0];
}

std::vector<std::int64_t> OnnxFile::integers(const onnx::NodeProto& node, const char* attribute) const {
  for (const auto& each : node.attribute()) {
    if (each.name() != attribute) continue;
    if (each.type() == onnx::AttributeProto::INT) return {each.i()};
    return {each.ints().begin(), each.ints().end()};
  }
  return {};
}

}  // namespace ernsim::workloads
