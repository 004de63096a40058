#pragma once

#include "simulation/job.h"

namespace ernsim {

/// Throws UserError unless the schedule was made for this network, whatever it is called, and the platform can run it.
void check(const GivenSchedule& given, const workloads::Graph& graph, const PlatformConfig& platform);

}  // namespace ernsim
