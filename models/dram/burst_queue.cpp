#include "models/dram/burst_queue.h"

#include <stdexcept>

namespace ernsim {

BurstQueue::BurstQueue(std::uint64_t access_bytes, std::size_t ports)
    : access_bytes_(access_bytes), access_bits_(__builtin_ctzll(access_bytes)), ports_(ports) {
  if (ports > most_ports) throw std::length_error("a memory controller has too many ports");
}

BurstQueue::Slot BurstQueue::free_slot() {
  ++under_way_;
  if (free_.empty()) {
    open_.emplace_back();
    return static_cast<Slot>(open_.size() - 1);
  }
  const Slot slot = free_.back();
  free_.pop_back();
  return slot;
}

void BurstQueue::enter(const Burst& burst, std::size_t port, Cycle visible) {
  const Slot slot = free_slot();
  Port& queue = ports_[port];
  Open& open = open_[slot];
  open.so_far = {burst, 0, MemoryDelay::none, 0};
  open.visible = visible;
  const std::uint64_t last = (burst.address + burst.bytes - 1) >> access_bits_;
  open.left = static_cast<std::int64_t>(last - (burst.address >> access_bits_) + 1);
  open.moved = burst.write ? &queue.bytes.write : &queue.bytes.read;
  open.next = none;
  if (queue.first != none) {
    open_[queue.last].next = slot;
    queue.last = slot;
    return;
  }
  queue.first = queue.last = slot;
  waiting_ |= Ports{1} << port;
  look_at_first(port);
}

/// All accesses of the port's first burst have been handed over.
void BurstQueue::go_on(std::size_t port) {
  Port& queue = ports_[port];
  queue.first = open_[queue.first].next;
  if (queue.first != none) return look_at_first(port);
  queue.visible = never;
  waiting_ &= ~(Ports{1} << port);
}

void BurstQueue::look_at_first(std::size_t port) {
  Port& queue = ports_[port];
  const Open& open = open_[queue.first];
  const Burst& burst = open.so_far.burst;
  queue.visible = open.visible;
  queue.next = {burst.address >> access_bits_ << access_bits_, burst.write, queue.first};
  queue.end = burst.address + burst.bytes;
}

}  // namespace ernsim
