#include "models/platform/platform_config.h"

#include "models/dram/channel_interleaving.h"

namespace ernsim {

void validate(const PlatformConfig& config) {
  validate(config.accelerator);
  validate(config.dram);
}

}  // namespace ernsim
