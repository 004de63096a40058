#pragma once

#include <string>

#include "models/platform/platform_config.h"
#include "tests/property/draw.h"

namespace ernsim::test {

/// A platform with every parameter drawn, from ranges in which a small network mostly fits and does not take for ever.
PlatformConfig random_platform(Draw& draw);

/// All parameters as a platform file.
std::string to_toml(const PlatformConfig& config);

}  // namespace ernsim::test
