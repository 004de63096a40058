#include "models/dram/memory_controller.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace ernsim {

std::vector<MemoryController::Level> MemoryController::levels_of(const std::vector<int>& priorities) {
  std::map<int, Level, std::greater<>> by_priority;
  for (std::size_t port = 0; port < priorities.size(); ++port) by_priority[priorities[port]].ports |= Ports{1} << port;
  std::vector<Level> levels;
  for (const auto& each : by_priority) levels.push_back(each.second);
  return levels;
}

MemoryController::MemoryController(const DramConfig& config, BurstListener& listener,
                                   const std::vector<int>& priorities)
    : Clocked(dram_clock(config)),
      listener_(listener),
      interleaving_(config),
      bursts_(static_cast<std::uint64_t>(dram_access_bytes(config)), priorities.size()),
      levels_(levels_of(priorities)),
      passed_(priorities.size(), 0) {
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
  if (offer_at_ <= now && room != 0) offer(room, now);
  served_ = now;
  if (bursts_.empty()) return never;
  const Cycle next_offer = room_ != 0 ? std::max(offer_at_, now + 1) : never;
  return std::min(next_offer, next_command(now + 1));
}

void MemoryController::issue(std::size_t channel, Cycle now) {
  const auto access = channels_[channel]->issue(now);
  if (!access) return;
  const Channels place = Channels{1} << channel;
  if ((room_ & place) == 0 && bursts_.waiting() != 0) offer_at_ = std::min(offer_at_, now + 1);
  room_ |= place;
  BurstQueue::Done burst;
  if (!bursts_.complete(*access, burst)) return;
  stop_before_ = std::min(stop_before_, burst.done);
  listener_.burst_done(burst.burst, clock().time_ps(burst.done + 1), burst.delay, clock().time_ps(burst.delay_cycles));
}

/// Hands over one access to each of these channels at most; a port that waits for a full one holds up its own bursts.
void MemoryController::offer(Channels room, Cycle now) {
  if (urgent_.ports != 0) room = offer_from(urgent_, urgent_.ports, room, now);
  for (Level& level : levels_) {
    if (room == 0) break;
    room = offer_from(level, level.ports & ~urgent_.ports, room, now);
  }
  offer_at_ = next_offer(now);
}

/// Ports that take turns, from the next one on. Returns the channels to which none has handed over anything.
MemoryController::Channels MemoryController::offer_from(Level& level, Ports ports, Channels room, Cycle now) {
  const Ports waiting = ports & bursts_.waiting();
  Ports part = waiting & (~Ports{0} << level.next_turn), rest = waiting & ~part;
  for (; room != 0 && (part | rest) != 0; part &= part - 1) {
    if (part == 0) std::swap(part, rest);
    const auto port = static_cast<std::size_t>(__builtin_ctz(part));
    const Channels left = offer_port(port, room, now);
    if (left != room) level.next_turn = port + 1;
    room = left;
  }
  return room;
}

/// Returns the channels to which the port has not handed over anything.
MemoryController::Channels MemoryController::offer_port(std::size_t port, Channels room, Cycle now) {
  while (room != 0 && bursts_.visible(port) <= now) {
    const std::size_t channel = interleaving_.channel(bursts_.next_address(port));
    if ((room >> channel & 1U) == 0) break;
    room &= ~(Channels{1} << channel);
    hand_over(port, channel, now);
  }
  return room;
}

void MemoryController::hand_over(std::size_t port, std::size_t number, Cycle now) {
  DramRequest access = bursts_.hand_over(port);
  access.address = interleaving_.inner(access.address);
  DramChannel& channel = *channels_[number];
  channel.submit(access, now + 1);
  if (!channel.has_room()) room_ &= ~(Channels{1} << number);
  if (levels_.size() > 1) note_passed(port, now);
}

/// So that no port waits for ever for those of higher priority.
void MemoryController::note_passed(std::size_t port, Cycle now) {
  for (Ports ports = bursts_.waiting(); ports != 0; ports &= ports - 1) {
    const auto other = static_cast<std::size_t>(__builtin_ctz(ports));
    if (bursts_.visible(other) <= now && ++passed_[other] >= pass_limit) urgent_.ports |= Ports{1} << other;
  }
  passed_[port] = 0;
  urgent_.ports &= ~(Ports{1} << port);
}

/// A port that waits for a full channel is looked at again when a command makes room.
Cycle MemoryController::next_offer(Cycle now) const {
  Cycle next = never;
  for (Ports ports = bursts_.waiting(); ports != 0; ports &= ports - 1) {
    const auto port = static_cast<std::size_t>(__builtin_ctz(ports));
    const Cycle visible = bursts_.visible(port);
    if (visible > now)
      next = std::min(next, visible);
    else if ((room_ >> interleaving_.channel(bursts_.next_address(port)) & 1U) != 0)
      next = now + 1;
  }
  return next;
}

}  // namespace ernsim
