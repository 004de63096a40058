#pragma once

#include <string>

#include "workloads/parameters.h"

namespace ernsim::workloads {

struct ImportedNetwork {
  Graph graph;  ///< at the file's own input size; official node names, network named after the file's stem
  Parameters parameters;
  bool sized = true;  ///< false: the file leaves height and width to the user, and the graph is at 256x256
};

/// Reads a network exported by the official library (opset 11 and domain "lm" version 2).
/// Throws WorkloadError, one line, when the file is missing, empty, truncated or no ONNX, or holds an operation, shape
/// or constant that an ERN cannot have.
ImportedNetwork import_onnx(const std::string& path);

/// The network as the official exporter would write it: opset 11 and domain "lm", single-precision numbers, chosen so
/// that every threshold and every sign is that of the network. Throws WorkloadError where none do.
std::string export_onnx(const ImportedNetwork& network);

}  // namespace ernsim::workloads
