#pragma once

#include <string>

#include "models/estimates/fpga/devices.h"
#include "models/platform/platform_config.h"
#include "simulation/run_report.h"
#include "simulation/schedule_search.h"

namespace ernsim {

/// Whether it fits the device, and what decides: "fits K26, with 94.8% of its BRAM18".
std::string device_text(const Resources& used, const FpgaDevice& device);
std::string device_text(const PlatformConfig& platform);

/// "the fastest of 4 simulated"; empty if nothing was to be chosen.
std::string choice_text(const ScheduleSearch& search);

/// What the array's multiplier-cycles that did not compute went to, the largest part first: "lanes 12.3%,
/// weights 5.8%". Parts below 0.05 % are left out.
std::string limits_text(const RunReport& report);

/// The run in one sentence: frames per second, what most of the time goes to and where, and what the device has room
/// for as far as it is counted.
std::string finding_text(const RunReport& report);

}  // namespace ernsim
