#pragma once

#include <vector>

#include "compiler/residency.h"

namespace ernsim::compiler {

/// Throws CompileError if some layer fits in no tiling: the memory that is short, the layer that needs most of it, the
/// words needed and present. With so many words that memory is short no more.
///
/// Only A and W can be: the least a layer needs of F, R, S and Q is one word.
void require_fit(const std::vector<PlacedLayer>& layers, const PlatformConfig& config);

}  // namespace ernsim::compiler
