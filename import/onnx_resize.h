#pragma once

#include <vector>

#include "import/onnx_file.h"

namespace ernsim::workloads {

/// Which input of a Resize or an Upsample has its scales, and which the sizes that may stand for them; -1: none.
struct ResizeInputs {
  int scales = -1, sizes = -1;
};
ResizeInputs resize_inputs(const OnnxFile& file, const onnx::NodeProto& node);

/// How often such a node repeats rows and columns, whose axes are `rows` and the one behind; `scales` by axis. Refuses
/// what does not repeat each pixel as often both ways: there is no unit that interpolates.
int repetition_of(const OnnxFile& file, const onnx::NodeProto& node, const std::vector<double>& scales,
                  std::size_t rows);

}  // namespace ernsim::workloads
