#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::tools {

/// What a node takes, by name.
std::vector<std::string> input_names(const workloads::Graph& graph, const workloads::Node& node);

/// [channels, height, width].
nlohmann::ordered_json shape_json(const workloads::Shape& shape);

/// What the list of networks says of one: name, stem, input size, codes per colour, convolutions, weight bits, MACs and
/// GOPs as the paper counts.
nlohmann::ordered_json network_json(const workloads::Graph& graph);

/// The same with `nodes`, in topological order: name, operation, inputs by name, [channels, height, width]; of a
/// convolution also kernel, stride and dilation, of an upsampling repetition, otherwise null.
nlohmann::ordered_json network_with_nodes_json(const workloads::Graph& graph);

}  // namespace ernsim::tools
