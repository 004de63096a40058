#pragma once

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Spreads addresses over the channels, `channel_interleave_bytes` at a time.
class ChannelInterleaving {
 public:
  explicit ChannelInterleaving(const DramConfig& config)
      : channels_(static_cast<std::uint64_t>(config.channels)),
        piece_(static_cast<std::uint64_t>(config.channel_interleave_bytes)) {}

  std::size_t channel(std::uint64_t address) const { return address / piece_ % channels_; }
  /// The address within its channel.
  std::uint64_t inner(std::uint64_t address) const {
    return channels_ == 1 ? address : address / piece_ / channels_ * piece_ + address % piece_;
  }

 private:
  std::uint64_t channels_, piece_;
};

/// Throws ConfigError when values that are each in range do not fit together.
void validate(const DramConfig& config);

}  // namespace ernsim
