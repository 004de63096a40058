#include "import/onnx_shapes.h"

#include <fmt/format.h>

#include <algorithm>

#include "workloads/error.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

[[noreturn]] void refuse(const OnnxFile& file, const onnx::NodeProto* source, const WorkloadError& error) {
  if (source != nullptr) file.refuse(*source, error.what());
  file.refuse(error.what());
}

}  // namespace

int side_of(std::int64_t side) {
  constexpr std::int64_t far_too_large = 1 << 20;
  return static_cast<int>(std::clamp<std::int64_t>(side, 0, far_too_large));
}

Graph with_shapes(const OnnxFile& file, const Graph& graph, const std::vector<const onnx::NodeProto*>& sources) {
  try {
    return resized(graph, graph.input_height, graph.input_width);
  } catch (const ShapeError& error) {
    refuse(file, sources[error.node()], error);
  } catch (const WorkloadError& error) {
    refuse(file, nullptr, error);
  }
}

void require_concatenable(const OnnxFile& file, const onnx::NodeProto& node, std::size_t parts, std::size_t channels) {
  if (parts > most_parts) file.refuse(node, fmt::format("concatenates {} tensors, may {}", parts, most_parts));
  if (channels > std::size_t{most_channels})
    file.refuse(node, fmt::format("concatenates {} channels, may {}", channels, most_channels));
}

Shape last_shape(const OnnxFile& file, const Graph& graph, const onnx::NodeProto* source) {
  try {
    return shape_of(graph, graph.nodes.size() - 1);
  } catch (const ShapeError& error) {
    refuse(file, source, error);
  }
}

}  // namespace ernsim::workloads
