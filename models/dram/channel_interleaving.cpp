#include "models/dram/channel_interleaving.h"

#include <fmt/format.h>

namespace ernsim {

void validate(const DramConfig& config) {
  dram_timing(config);
  if (config.channels == 3) throw ConfigError("dram.channels = 3: must be 1, 2 or 4");
  const std::int64_t piece = config.channel_interleave_bytes;
  if ((piece & (piece - 1)) != 0)
    throw ConfigError(fmt::format("dram.channel_interleave_bytes = {}: must be a power of two", piece));
  if (config.channels > 1 && piece < dram_access_bytes(config))
    throw ConfigError(fmt::format("dram.channel_interleave_bytes = {}: must be at least the {} bytes of a burst", piece,
                                  dram_access_bytes(config)));
}

}  // namespace ernsim
