#include "models/accelerator/accelerator_config.h"

#include <fmt/format.h>

#include <cmath>

namespace ernsim {

Clock AcceleratorConfig::clock() const { return Clock{static_cast<Picoseconds>(std::llround(1e6 / clock_mhz))}; }

namespace {

void require_power_of_two(const char* key, std::int64_t value) {
  if (value <= 0 || (value & (value - 1)) != 0)
    throw ConfigError(fmt::format("{} = {}: must be a power of two", key, value));
}

}  // namespace

void validate(const AcceleratorConfig& config) {
  require_power_of_two("convolution.block_channels", config.convolution.block_channels);
  require_power_of_two("memory.activations_banks", config.memory.activations_banks);
  require_power_of_two("interconnect.port_width_bytes", config.interconnect.port_width_bytes);
  if (config.pixel_embedding.buffer_beats < config.dma.max_burst_beats)
    throw ConfigError(
        fmt::format("pixel_embedding.buffer_beats = {}: the longest burst, dma.max_burst_beats = {}, must fit",
                    config.pixel_embedding.buffer_beats, config.dma.max_burst_beats));
  if (config.memory.weights_words < config.convolution.block_channels)
    throw ConfigError(
        fmt::format("memory.weights_words = {}: one weight pane needs convolution.block_channels = {} words",
                    config.memory.weights_words, config.convolution.block_channels));
}

}  // namespace ernsim
