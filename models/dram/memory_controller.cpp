#include "models/dram/memory_controller.h"

#include <algorithm>
#include <functional>

namespace ernsim {

MemoryController::MemoryController(const DramConfig& config, BurstListener& listener, std::vector<int> priorities)
    : Clocked(dram_clock(config)),
      listener_(listener),
      interleaving_(config),
      bursts_(static_cast<std::uint64_t>(dram_access_bytes(config)), priorities.size()),
      priorities_(std::move(priorities)),
      levels_(priorities_),
      passed_(priorities_.size(), 0) {
  std::sort(levels_.begin(), levels_.end(), std::greater<>());
  levels_.erase(std::unique(levels_.begin(), levels_.end()), levels_.end());
  for (std::uint32_t number = 0; number < config.channels; ++number) {
    channels_.push_back(std::make_unique<DramChannel>(config, number));
    room_ |= Channels{1} << number;
  }
}

DramStatistics MemoryController::statistics() const {
  DramStatistics sum;
  for (const auto& channel : channels_) sum += channel->statistics();
  return sum;
}

void MemoryController::request(const Burst& burst, std::size_t port, Picoseconds reaches_ps) {
  const Cycle visible = clock().edge_at_or_after(reaches_ps + 1);
  bursts_.enter(burst, port, visible);
  offer_at_ = std::min(offer_at_, visible);
  if (room_ != 0) wake(visible);  // if not, the command that makes room looks at offer_at_
}

Cycle MemoryController::advance(Cycle now) {
  catch_up(now);
  asleep_ = false;
  stop_before_ = alone_until();
  Cycle next = serve(now);
  while (next < stop_before_) {
    now = next;
    next = serve(now);
  }
  passed(now);
  asleep_ = next == never;
  return next;
}

void MemoryController::catch_up(Cycle now) {
  if (!asleep_) return;
  for (Cycle at = next_command(served_ + 1); at < now; at = next_command(at + 1)) {
    for (const auto& channel : channels_)
      if (channel->next(at) == at) channel->issue(at);
    served_ = at;
  }
}

/// Of any channel, if nothing arrives before.
Cycle MemoryController::next_command(Cycle earliest) {
  Cycle next = never;
  for (const auto& channel : channels_) next = std::min(next, channel->next(earliest));
  return next;
}

/// One cycle. Returns the next one in which anything can change.
Cycle MemoryController::serve(Cycle now) {
  const Channels room = room_;  // without places that come free now
  for (std::size_t i = 0; i < channels_.size(); ++i)
    if (channels_[i]->next(now) == now) issue(i, now);
  if (room != 0 && offer_at_ <= now) offer(room, now);
  served_ = now;
  if (bursts_.empty()) return never;
  const Cycle next_offer = room_ != 0 ? std::max(offer_at_, now + 1) : never;
  return std::min(next_offer, next_command(now + 1));
}

void MemoryController::issue(std::size_t channel, Cycle now) {
  const auto access = channels_[channel]->issue(now);
  if (!access) return;
  room_ |= Channels{1} << channel;
  BurstQueue::Done burst;
  if (!bursts_.complete(*access, burst)) return;
  stop_before_ = std::min(stop_before_, burst.done);
  listener_.burst_done(burst.burst, clock().time_ps(burst.done + 1), burst.delay, clock().time_ps(burst.delay_cycles));
}

/// Hands over one access to each of these channels at most; a port that waits for a full one holds up its own bursts.
void MemoryController::offer(Channels room, Cycle now) {
  for (const int level : levels_) offer_level(level, room, now);
  offer_at_ = next_offer(now);
}

/// The ports of a priority, in turn.
void MemoryController::offer_level(int level, Channels& room, Cycle now) {
  const std::size_t first = next_turn_;
  for (std::size_t i = 0; i < bursts_.ports() && room != 0; ++i) {
    const std::size_t port = (first + i) % bursts_.ports();
    if (priority_of(port) != level) continue;
    while (bursts_.visible(port) <= now) {
      const std::size_t channel = interleaving_.channel(bursts_.next_address(port));
      if ((room >> channel & 1U) == 0) break;
      room &= ~(Channels{1} << channel);
      hand_over(port, channel, now);
      next_turn_ = port + 1;
    }
  }
}

void MemoryController::hand_over(std::size_t port, std::size_t channel, Cycle now) {
  DramRequest access = bursts_.hand_over(port);
  access.address = interleaving_.inner(access.address);
  channels_[channel]->submit(access, now + 1);
  if (!channels_[channel]->has_room()) room_ &= ~(Channels{1} << channel);
  if (levels_.size() > 1) note_passed(port, now);
}

/// So that no port waits for ever for those of higher priority.
void MemoryController::note_passed(std::size_t port, Cycle now) {
  for (std::size_t other = 0; other < bursts_.ports(); ++other)
    if (bursts_.visible(other) <= now) ++passed_[other];
  passed_[port] = 0;
}

Cycle MemoryController::next_offer(Cycle now) const {
  Cycle next = never;
  for (std::size_t port = 0; port < bursts_.ports(); ++port) next = std::min(next, bursts_.visible(port));
  return next == never ? never : std::max(next, now + 1);
}

}  // namespace ernsim
