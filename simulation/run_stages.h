#pragma once

#include <string>
#include <vector>

#include "simulation/run_report.h"

namespace ernsim {

/// Layers by the first part of their names up to a dot, without what all names with a dot begin with: layer1 of
/// backbone.layer1.0.conv1.
std::vector<StageReport> stages_of(const std::vector<LayerReport>& layers);

}  // namespace ernsim
