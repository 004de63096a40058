#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "models/dram/burst_queue.h"
#include "models/dram/channel_interleaving.h"
#include "models/dram/dram_channel.h"
#include "timing/clocked.h"

namespace ernsim {

/// Who is told that all of a burst's column accesses are done.
class BurstListener {
 public:
  virtual ~BurstListener() = default;
  /// `delay`, `delay_ps`: why and how long its last access waited in the controller.
  virtual void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) = 0;
};

/// Memory controller: its ports, and the DRAM behind them.
///
/// Timing contract, in memory clock cycles: a burst is seen at the first edge after it reaches the port; each channel
/// that has room takes one access per cycle, round robin over the DDRC ports, HP1 and HP2 sharing one (UG1085). An
/// access is considered from the next cycle on; a place that comes free is given away in the next cycle. A burst is
/// done when its last access is.
///
/// Goes through its cycles by itself while nothing else is due (Clocked::alone_until).
class MemoryController : public Clocked {
 public:
  MemoryController(const DramConfig& config, BurstListener& listener);

  /// `reaches_ps`: when the burst reaches HP port `port`.
  void request(const Burst& burst, std::size_t port, Picoseconds reaches_ps);

  /// Of all channels.
  DramStatistics statistics() const;
  /// `log` is told of every command at its issue.
  void log_commands(const std::function<void(const DramCommand&)>& log) {
    for (const auto& channel : channels_) channel->command_log = log;
  }

 protected:
  Cycle advance(Cycle now) override;

 private:
  using Channels = std::uint32_t;  ///< a bit each

  Cycle serve(Cycle now);
  void issue(std::size_t channel, Cycle now);
  void offer(Channels room, Cycle now);
  void hand_over(std::size_t port, std::size_t channel, Cycle now);
  Cycle next_offer(Cycle now) const;

  BurstListener& listener_;
  const ChannelInterleaving interleaving_;
  std::vector<std::unique_ptr<DramChannel>> channels_;
  Channels room_ = 0;  ///< channels that have room
  BurstQueue bursts_;
  std::size_t next_turn_ = 0;
  Cycle offer_at_ = never;  ///< when an access may be handed over if there is room
  Cycle stop_before_ = 0;   ///< nobody else sees anything earlier
};

}  // namespace ernsim
