#pragma once

#include "compiler/schedule.h"
#include "compiler/schedule_error.h"
#include "models/platform/platform_config.h"

namespace ernsim::compiler {

/// Proves that the platform can run the schedule: it was made for this accelerator, every address lies in its memory,
/// the streams do not deadlock, and semaphores order every two accesses to the same data. Throws ScheduleError with
/// one line that names unit, instruction number, layer and what is wrong. SCHEDULE.md lists the rules.
void check(const Schedule& schedule, const PlatformConfig& platform);

}  // namespace ernsim::compiler
