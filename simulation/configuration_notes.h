#pragma once

#include <string>
#include <vector>

#include "models/platform/platform_config.h"
#include "workloads/graph.h"

namespace ernsim {

/// One line for each parameter whose value makes another figure wrong, unknown, or has no effect with this network.
std::vector<std::string> configuration_notes(const PlatformConfig& platform, const workloads::Graph& graph);

}  // namespace ernsim
