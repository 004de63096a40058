#pragma once

#include "simulation/job.h"
#include "traces/header.h"

namespace ernsim::tools {

/// Every parameter of the platform as a trace's header has it: section and key, and the value as a word.
std::vector<std::pair<std::string, std::string>> traced_parameters(const PlatformConfig& platform);

/// The header of a trace of this selection's run, with every port.
traces::Header trace_header(const CompiledJob& compiled, bool hashed);

}  // namespace ernsim::tools
