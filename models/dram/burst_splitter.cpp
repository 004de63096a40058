#include "models/dram/burst_splitter.h"

#include <algorithm>

namespace ernsim {

namespace {

constexpr std::uint64_t column_bytes = 64;

/// HP0; HP1 with HP2; HP3 (UG1085: HP1 and HP2 share a port of the DDR controller).
constexpr std::size_t ddrc_port_of[] = {0, 1, 1, 2};

}  // namespace

BurstSplitter::BurstSplitter(const DramConfig& config, BurstListener& listener)
    : Clocked(dram_clock(config)), listener_(listener), controller_(config, *this) {}

std::size_t BurstSplitter::open_slot() {
  if (free_.empty()) {
    open_.emplace_back();
    return open_.size() - 1;
  }
  const std::size_t slot = free_.back();
  free_.pop_back();
  return slot;
}

void BurstSplitter::request(const Burst& burst, std::size_t port, Picoseconds reaches_ps) {
  const std::size_t slot = open_slot();
  const Cycle visible = clock().edge_at_or_after(reaches_ps + 1);
  const int accesses = static_cast<int>(dram_bytes(burst.address, burst.bytes) / static_cast<int>(column_bytes));
  open_[slot] = {burst, visible, burst.address / column_bytes * column_bytes, accesses, 0, MemoryDelay::none, 0};
  waiting_[ddrc_port_of[port]].push_back(slot);
  wake(visible);
}

Cycle BurstSplitter::advance(Cycle now) {
  Cycle next = never;
  for (const auto& queue : waiting_)
    if (!queue.empty()) next = std::min(next, std::max(open_[queue.front()].visible, now + 1));
  if (next == never) return never;
  if (!controller_.has_room(now)) return never;
  for (std::size_t i = 0; i < ddrc_ports; ++i) {
    const std::size_t port = (next_turn_ + i) % ddrc_ports;
    if (!submit_from(waiting_[port], now)) continue;
    next_turn_ = port + 1;
    return now + 1;
  }
  return next;
}

/// Hands the next access of the queue's first burst to the controller.
bool BurstSplitter::submit_from(std::deque<std::size_t>& queue, Cycle now) {
  if (queue.empty() || open_[queue.front()].visible > now) return false;
  const std::size_t slot = queue.front();
  Open& open = open_[slot];
  controller_.submit(DramRequest{open.next_address, open.burst.write, slot}, now + 1);
  open.next_address += column_bytes;
  if (open.next_address >= open.burst.address + open.burst.bytes) queue.pop_front();
  return true;
}

void BurstSplitter::completed(const DramRequest& request, Cycle done) {
  const auto slot = static_cast<std::size_t>(request.tag);
  Open& open = open_[slot];
  if (done >= open.last_done) {
    open.last_done = done;
    open.delay = request.delay;
    open.delay_cycles = request.delay_cycles;
  }
  if (--open.left > 0) return;
  free_.push_back(slot);
  listener_.burst_done(open.burst, clock().time_ps(open.last_done + 1), open.delay, clock().time_ps(open.delay_cycles));
}

}  // namespace ernsim
