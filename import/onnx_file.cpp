#include "import/onnx_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "import/onnx_constant.h"
#include "import/xz.h"
#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

/// Names come from the file, with whatever is in them.
std::string on_one_line(const std::string& text) {
  constexpr unsigned char first_printable = ' ', deleted = 127;
  std::string made;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    made += byte < first_printable || byte == deleted ? fmt::format("\\x{:02x}", byte) : std::string(1, each);
  }
  return made;
}

constexpr std::int64_t oldest = 9, newest = 21;  // whose operations are computed as here

}  // namespace

OnnxFile::OnnxFile(const std::string& path, Read what) : path_(path) {
  if (!model_.ParseFromString(bytes())) refuse("not an ONNX file, or cut short");
  if (!model_.has_graph() || graph().node_size() == 0) refuse("holds no ONNX graph");
  if (what == Read::nodes) return;
  if (what == Read::official) check_versions();
  for (auto& tensor : *model_.mutable_graph()->mutable_initializer()) {
    bring(tensor);
    tensors_[tensor.name()] = &tensor;
  }
  for (const auto& node : graph().node()) {
    if (node.op_type() != "Constant" || node.output_size() != 1) continue;
    auto constant = constant_of(node);
    if (!constant) continue;
    bring(*constant);
    constants_.push_back(std::move(*constant));
    tensors_[node.output(0)] = &constants_.back();
  }
}

/// Of the file, unpacked.
std::string OnnxFile::bytes() const {
  constexpr std::size_t most_bytes = std::size_t{1} << 31;  // of a Protobuf message
  if (!std::filesystem::exists(path_)) refuse("no such file");
  if (!std::filesystem::is_regular_file(path_)) refuse("not a file");
  if (std::filesystem::file_size(path_) == 0) refuse("the file is empty");
  std::ifstream in(path_, std::ios::binary);
  if (!in) refuse("cannot be read");
  std::string read{std::istreambuf_iterator<char>(in), {}};
  if (!is_xz(read)) return read;
  try {
    return unpacked_xz(read, most_bytes);
  } catch (const WorkloadError& error) {
    refuse(error.what());
  }
}

void OnnxFile::bring(onnx::TensorProto& tensor) const try {
  if (tensor.data_location() == onnx::TensorProto::EXTERNAL) load_external(path_, tensor);
} catch (const WorkloadError& error) {
  refuse(error.what());
}

void OnnxFile::check_versions() const {
  bool ours = false;
  for (const auto& opset : model_.opset_import()) {
    if (opset.domain() == "lm" && opset.version() != 2)
      refuse(fmt::format("has version {} of domain lm; this program reads version 2", opset.version()));
    if ((opset.domain().empty() || opset.domain() == "ai.onnx") &&
        (opset.version() < oldest || opset.version() > newest))
      refuse(fmt::format("has opset {}; this program reads {} to {}", opset.version(), oldest, newest));
    ours = ours || opset.domain() == "lm";
  }
  if (!ours) refuse("does not use domain lm: it is no export of the official library, or is cut short");
}

void OnnxFile::refuse(const onnx::NodeProto& node, const std::string& what) const {
  refuse(fmt::format("node '{}' ({}): {}", node.name(), node.op_type(), what));
}

void OnnxFile::refuse(const std::string& what) const {
  throw WorkloadError(fmt::format("{}: {}", path_, on_one_line(what)));
}

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
