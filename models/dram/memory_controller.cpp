#include "models/dram/memory_controller.h"

#include <algorithm>

namespace ernsim {

void MemoryController::request(const Burst& burst, std::size_t port, Picoseconds reaches_ps) {
  const Cycle visible = clock().edge_at_or_after(reaches_ps + 1);
  bursts_.enter(burst, port, visible);
  offer_at_ = std::min(offer_at_, visible);
  if (channel_.has_room()) wake(visible);  // if not, the command that makes room looks at offer_at_
}

Cycle MemoryController::advance(Cycle now) {
  stop_before_ = alone_until();
  Cycle next = serve(now);
  while (next < stop_before_) {
    now = next;
    next = serve(now);
  }
  passed(now);
  return next;
}

/// One cycle. Returns the next one in which anything can change.
Cycle MemoryController::serve(Cycle now) {
  const bool room = channel_.has_room();  // without a place that comes free now
  if (channel_.next(now) == now) issue(now);
  if (room && offer_at_ <= now) offer(now);
  const Cycle command = channel_.next(now + 1);
  return channel_.has_room() ? std::min(command, std::max(offer_at_, now + 1)) : command;
}

void MemoryController::issue(Cycle now) {
  const auto access = channel_.issue(now);
  BurstQueue::Done burst;
  if (!access || !bursts_.complete(*access, burst)) return;
  stop_before_ = std::min(stop_before_, burst.done);
  listener_.burst_done(burst.burst, clock().time_ps(burst.done + 1), burst.delay, clock().time_ps(burst.delay_cycles));
}

/// Hands over one access.
void MemoryController::offer(Cycle now) {
  for (std::size_t i = 0; i < BurstQueue::ddrc_ports; ++i) {
    const std::size_t port = (next_turn_ + i) % BurstQueue::ddrc_ports;
    if (bursts_.visible(port) > now) continue;
    channel_.submit(bursts_.hand_over(port), now + 1);
    next_turn_ = port + 1;
    break;
  }
  offer_at_ = next_offer(now);
}

Cycle MemoryController::next_offer(Cycle now) const {
  Cycle next = never;
  for (std::size_t port = 0; port < BurstQueue::ddrc_ports; ++port) next = std::min(next, bursts_.visible(port));
  return next == never ? never : std::max(next, now + 1);
}

}  // namespace ernsim
