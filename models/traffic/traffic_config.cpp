#include "models/traffic/traffic_config.h"

#include <fmt/format.h>

#include <cmath>

namespace ernsim {

Clock TrafficConfig::clock() const { return Clock{static_cast<Picoseconds>(std::llround(1e6 / clock_mhz))}; }

void validate(const TrafficConfig& config, std::uint64_t memory_bytes) {
  if (config.range_bytes < config.burst_bytes)
    throw ConfigError(fmt::format("traffic.{}.range_bytes = {}: a burst, traffic.{}.burst_bytes = {}, must fit",
                                  config.name, config.range_bytes, config.name, config.burst_bytes));
  const auto end = static_cast<std::uint64_t>(config.address + config.range_bytes);
  if (config.rate_mb_s > 0 && end > memory_bytes)
    throw ConfigError(fmt::format("traffic.{}: its range ends at {:#x}, and the memory holds {:#x} bytes", config.name,
                                  end, memory_bytes));
}

}  // namespace ernsim
