#pragma once

#include <vector>

#include "import/onnx_file.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

/// A side of the picture as a file says it; one that is too large stays too large.
int side_of(std::int64_t side);

/// The graph with the shapes of all nodes at its own input size. Refuses the node, `sources` [graph node], whose sizes
/// do not fit, null for the image, and a picture that is too large.
Graph with_shapes(const OnnxFile& file, const Graph& graph, const std::vector<const onnx::NodeProto*>& sources);

/// How many nodes' channels a concatenation may bring together: each becomes a convolution.
inline constexpr std::size_t most_parts = 1000;

/// Refuses a concatenation of so many nodes with so many channels together if that is more than a convolution has.
void require_concatenable(const OnnxFile& file, const onnx::NodeProto& node, std::size_t parts, std::size_t channels);

/// The shape of the last node.
Shape last_shape(const OnnxFile& file, const Graph& graph, const onnx::NodeProto* source);

}  // namespace ernsim::workloads
