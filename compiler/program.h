#pragma once

#include "compiler/schedule.h"
#include "models/platform/run.h"
#include "workloads/graph.h"

namespace ernsim::compiler {

/// The schedule with the bytes that belong to it: image, packed weights, packed thresholds. Without `data` the bytes
/// are left out. Throws CompileError if the schedule was made for another network or input size.
Program make_program(const Schedule& schedule, const workloads::IntegerNetwork& network, const workloads::Image& image,
                     const PlatformConfig& config, bool data);

}  // namespace ernsim::compiler
