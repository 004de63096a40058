#pragma once

#include <string>
#include <vector>

#include "traces/header.h"

namespace ernsim::traces {

/// What two traces say differently of network, clock and configuration, a line each: traces of different machines
/// differ everywhere. What only one of them says is no difference.
std::vector<std::string> header_differences(const Header& golden, const Header& candidate);

}  // namespace ernsim::traces
