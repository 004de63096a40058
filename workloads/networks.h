#pragma once

#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::workloads {

struct NetworkOptions {
  std::string stem = "released";  ///< or "paper": one more 3x3 convolution
  int input_height = 256;         ///< 1 to largest_side
  int input_width = 256;
  int thermometer = 10;  ///< codes per colour, 1 to 32
};

/// The built-in networks, smallest first.
std::vector<std::string> network_names();

/// Whether a network's name is that of an ONNX file: no built-in name nor .toml file, and with a folder, an ending or a
/// file of that name; a built-in name that was mistyped has none of them.
bool is_network_file(const std::string& name);

/// Throws WorkloadError for an unknown network (listing those that exist) or an option out of range.
Graph build_network(const std::string& name, const NetworkOptions& options);

/// Generalised thermometer: code i counts the t in {0, 1, 2} with value > step * (codes * t + i + 1), where
/// step = floor(255 / (3 * codes)). Step 8 of 10 codes is the official library's; that of 21 and 32 codes, 4 and 2, is
/// a guess by the same rule. An ONNX file brings its own thresholds.
std::vector<EmbeddingThresholds> thermometer(int codes);

/// Output shape of node `n`, whose channels are known where they do not follow from its inputs' shapes. Throws
/// ShapeError if those do not go together.
Shape shape_of(const Graph& graph, std::size_t n);

/// The same network at another input size. Throws WorkloadError unless its sides are 1 to largest_side, ShapeError
/// if an addition then has two sizes or a kernel does not fit.
Graph resized(const Graph& graph, int input_height, int input_width);

}  // namespace ernsim::workloads
