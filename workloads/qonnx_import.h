#pragma once

#include <optional>
#include <string>

#include "workloads/graph.h"

namespace ernsim::workloads {

struct QonnxOptions {
  /// Codes per colour that the picture becomes, where the file leaves that to the user: a file whose first convolution
  /// reads 8-bit colours, or codes that were made outside.
  std::optional<int> thermometer;
};

/// Whether the file holds quantizers as Brevitas exports them and FINN and hls4ml read them (domains qonnx.* and
/// finn.*), not those of the official library. False for what is no ONNX file.
bool is_qonnx(const std::string& path);

/// Reads such a network: integer convolutions with explicit thresholds, at the file's own input size. Throws
/// WorkloadError, one line with the node, why it does not fit and what would, for all else.
IntegerNetwork import_qonnx(const std::string& path, const QonnxOptions& options);

}  // namespace ernsim::workloads
