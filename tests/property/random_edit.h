#pragma once

#include <string>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"
#include "tests/property/draw.h"

namespace ernsim::test {

enum class Care {
  same_values,  ///< what the schedule computes stays the same
  any_valid,    ///< it may become another, as long as no race makes its values depend on time
};

/// Changes a schedule at random places: instructions in two parts, more waits and posts than needed, waits earlier and
/// posts later than needed, neighbours in the other order. Each change stays only if check() accepts the schedule. Then
/// moves the regions of external memory to random addresses. Returns what was done.
std::string edit(compiler::Schedule& schedule, const PlatformConfig& config, Draw& draw, int attempts, Care care);

}  // namespace ernsim::test
