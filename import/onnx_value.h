#pragma once

#include <memory>
#include <string>
#include <vector>

#include "import/onnx_affine.h"

namespace ernsim::workloads {

enum class OnnxKind { image, codes, concatenated, accumulators, sums, normalised, pooled_codes, pooled };

/// As messages call it: "residual sums".
const char* name_of(OnnxKind kind);

/// What a tensor of the file is in the graph.
struct OnnxValue {
  OnnxKind kind = OnnxKind::codes;
  int node = -1;
  Affine affine = {};                    ///< of accumulators and sums: what was done to them since
  std::shared_ptr<BatchNorm> norm = {};  ///< of normalised values: what was done to the node's
  std::string norm_name = {};            ///< "backbone.bn1"
  std::vector<int> parts = {};           ///< of concatenated codes: the nodes whose channels follow each other
  int repetition = 1;                    ///< of accumulators and sums: how often each pixel is to be there
  bool alone = true;                     ///< nothing else reads what it was made from

  /// Whose channels follow each other: the parts, or its node alone.
  std::vector<int> nodes() const { return parts.empty() ? std::vector<int>{node} : parts; }
};

}  // namespace ernsim::workloads
