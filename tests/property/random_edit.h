#pragma once

#include <string>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"
#include "tests/property/draw.h"

namespace ernsim::test {

/// Changes a schedule in ways that keep what it computes: instructions in two parts, more waits and posts than needed,
/// waits earlier and posts later than needed, neighbours in the other order. Each change stays only if check() still
/// accepts the schedule. Then moves the regions of external memory to random addresses. Returns what was done.
std::string edit(compiler::Schedule& schedule, const PlatformConfig& config, Draw& draw, int attempts);

}  // namespace ernsim::test
