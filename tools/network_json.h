#pragma once

#include <nlohmann/json.hpp>

#include "workloads/graph.h"

namespace ernsim::tools {

/// What the list of networks says of one: name, stem, input size, codes per colour, convolutions, weight bits, MACs and
/// GOPs as the paper counts.
nlohmann::ordered_json network_json(const workloads::Graph& graph);

/// The same with `nodes`, in topological order: name, operation, inputs by name, [channels, height, width]; of a
/// convolution also kernel and stride, otherwise null.
nlohmann::ordered_json network_with_nodes_json(const workloads::Graph& graph);

}  // namespace ernsim::tools
