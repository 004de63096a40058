#include "models/platform/platform_config.h"

#include "models/dram/channel_interleaving.h"

namespace ernsim {

void validate(const PlatformConfig& config) {
  validate(config.accelerator);
  validate(config.dram);
  for (const TrafficConfig& each : config.traffic) validate(each, dram_capacity_bytes(config.dram));
}

}  // namespace ernsim
