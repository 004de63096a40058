#pragma once

#include <string>
#include <vector>

#include "import/onnx_tensor.h"

// Files of the official library with concatenated channels.

namespace ernsim::test {

/// Three convolutions behind a stem, each of 6 channels at 9x7, and a pooled result: backbone.layer1.N.conv1 reads
/// backbone.layer1.N.act0.
onnx::ModelProto chain_model();

/// The convolution, with `outputs` and `kernel`, reads the codes of those activations, of 6 channels each, one behind
/// the other. The last of them to be made is what it read before.
void join(onnx::ModelProto& model, const std::string& name, const std::vector<std::string>& parts, int outputs,
          int kernel, int axis = 1);

}  // namespace ernsim::test
