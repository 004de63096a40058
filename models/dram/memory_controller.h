#pragma once

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
/// that has room takes one access per cycle: from the ports of the highest priority that have one, round robin among
/// equals, and first from a port that `pass_limit` accesses of others have passed. An access is considered from the
/// next cycle on; a place that comes free is given away in the next cycle. A burst is done when its last access is.
///
/// Goes through its cycles by itself while nothing else is due (Clocked::alone_until). With no burst under way it
/// sleeps: the refreshes of that time are made up for when the next burst comes.
class MemoryController : public Clocked {
 public:
  static constexpr std::int64_t pass_limit = 256;  ///< guess

  /// `priorities`: of each port, BurstQueue::most_ports at most; the larger goes first.
  MemoryController(const DramConfig& config, BurstListener& listener, const std::vector<int>& priorities);

  /// `reaches_ps`: when the burst reaches the port.
  void request(const Burst& burst, std::size_t port, Picoseconds reaches_ps);

  /// Of all channels.
  DramStatistics statistics() const;
  const PortBytes& port_bytes(std::size_t port) const { return bursts_.bytes(port); }
  /// How long an access has the data bus.
  Picoseconds burst_ps() const { return clock().time_ps(channels_.front()->timing().burst); }
  /// If it sleeps: makes up for the refreshes that were due before `now`.
  void catch_up(Cycle now);
  /// May be null.
  void show_commands(DramCommandObserver* observer) {
    for (const auto& channel : channels_) channel->show_commands(observer);
  }

 protected:
  Cycle advance(Cycle now) override;

 private:
  using Channels = std::uint32_t;  ///< a bit each
  using Ports = BurstQueue::Ports;

  Cycle serve(Cycle now);
  void issue(std::size_t channel, Cycle now);
  Cycle next_command(Cycle earliest);
  void offer(Channels room, Cycle now);
  /// Ports of one priority, which take turns.
  struct Level {
    Ports ports = 0;
    std::size_t next_turn = 0;
  };
  static std::vector<Level> levels_of(const std::vector<int>& priorities);
  Channels offer_from(Level& level, Ports ports, Channels room, Cycle now);
  Channels offer_port(std::size_t port, Channels room, Cycle now);
  void hand_over(std::size_t port, std::size_t number, Cycle now);
  void note_passed(std::size_t port, Cycle now);
  Cycle next_offer(Cycle now) const;

  BurstListener& listener_;
  const ChannelInterleaving interleaving_;
  std::vector<std::unique_ptr<DramChannel>> channels_;
  Channels room_ = 0;  ///< channels that have room
  BurstQueue bursts_;
  std::vector<Level> levels_;         ///< the highest first
  std::vector<std::int64_t> passed_;  ///< [port]: accesses of others since it waits
  Level urgent_;                      ///< passed by pass_limit
  bool asleep_ = false;
  Cycle served_ = -1;       ///< the last cycle that was gone through
  Cycle offer_at_ = never;  ///< when an access may be handed over if there is room
  Cycle stop_before_ = 0;   ///< nobody else sees anything earlier
};

}  // namespace ernsim
