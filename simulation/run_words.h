#pragma once

#include <string>

#include "models/estimates/fpga/devices.h"
#include "models/platform/platform_config.h"
#include "simulation/schedule_search.h"

namespace ernsim {

/// Whether it fits the device, and what decides: "fits K26, with 94.8% of its BRAM18".
std::string device_text(const Resources& used, const FpgaDevice& device);
std::string device_text(const PlatformConfig& platform);

/// "the fastest of 4 simulated"; empty if nothing was to be chosen.
std::string choice_text(const ScheduleSearch& search);

}  // namespace ernsim
