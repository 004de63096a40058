#pragma once

#include <cstdint>

#include "workloads/graph.h"

namespace ernsim::workloads {

/// Nodes of a kind.
std::int64_t count_of(const Graph& graph, NodeKind kind);
std::int64_t weight_bits(const Graph& graph);
/// Multiply-accumulates of all convolutions.
std::int64_t macs(const Graph& graph);
/// Billions of operations as Table 3 of the paper counts them: 2 x (MACs + 2 per BN element + 1 per activation element
/// + pool input), with the BN and activation behind stages 2 and 3 that the official networks hold but do not use.
double paper_gops(const Graph& graph);

}  // namespace ernsim::workloads
