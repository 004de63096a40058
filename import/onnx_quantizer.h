#pragma once

#include "import/onnx_file.h"
#include "workloads/graph.h"

namespace ernsim::workloads {

/// What a LinearMidTreadHalfV2 node does: floor(clamp((x + beta1) * scale1, min, max) + 0.5) * scale2 + beta2. Refuses
/// levels that codes 0 to 3 are not.
Quantizer quantizer_of(const OnnxFile& file, const onnx::NodeProto& node);

/// The fraction with a small denominator that the single-precision number was made from, 2/3 of 0.666666687, if there
/// is one; the number otherwise.
double exact(double number);

}  // namespace ernsim::workloads
