#pragma once

#include <set>
#include <string>

#include "models/accelerator/accelerator_config.h"
#include "models/accelerator/unit/unit_makers.h"

namespace ernsim::rtl {

/// Makers of the RTL of `units` ("convolution", "quantization"). Throws std::invalid_argument naming the key if the RTL
/// does not describe such a configuration, or this program was not built with it.
UnitMakers replacements(const std::set<std::string>& units, const AcceleratorConfig& config);

}  // namespace ernsim::rtl
