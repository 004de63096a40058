#pragma once

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Spreads addresses over the channels, `channel_interleave_bytes` at a time.
class ChannelInterleaving {
 public:
  explicit ChannelInterleaving(const DramConfig& config)
      : last_(static_cast<std::uint64_t>(config.channels) - 1),
        channel_bits_(__builtin_ctzll(static_cast<std::uint64_t>(config.channels))),
        piece_bits_(__builtin_ctzll(static_cast<std::uint64_t>(config.channel_interleave_bytes))) {}

  std::size_t channel(std::uint64_t address) const { return address >> piece_bits_ & last_; }
  /// The address within its channel.
  std::uint64_t inner(std::uint64_t address) const {
    const std::uint64_t in_piece = address & ((std::uint64_t{1} << piece_bits_) - 1);
    return (address >> piece_bits_ >> channel_bits_ << piece_bits_) | in_piece;
  }

 private:
  std::uint64_t last_;
  int channel_bits_, piece_bits_;
};

/// Throws ConfigError when values that are each in range do not fit together.
void validate(const DramConfig& config);

}  // namespace ernsim
