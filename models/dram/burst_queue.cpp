#include "models/dram/burst_queue.h"

namespace ernsim {

namespace {

/// HP0; HP1 with HP2; HP3; HPC0 with HPC1 (UG1085: HP1 and HP2 share a port of the DDR controller, the HPC ports one of
/// the cache-coherent interconnect's).
constexpr std::size_t ddrc_port_of[] = {0, 1, 1, 2, 3, 3};

}  // namespace

BurstQueue::Slot BurstQueue::free_slot() {
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
  const int accesses =
      static_cast<int>((burst.address + burst.bytes - 1) / access_bytes_ - burst.address / access_bytes_ + 1);
  open_[slot] = {
      {burst, 0, MemoryDelay::none, 0}, visible, burst.address / access_bytes_ * access_bytes_, accesses, none};
  Port& queue = ports_[ddrc_port_of[port]];
  (queue.first == none ? queue.first : open_[queue.last].next) = slot;
  queue.last = slot;
}

DramRequest BurstQueue::hand_over(std::size_t port) {
  const Slot slot = ports_[port].first;
  Open& open = open_[slot];
  const Burst& burst = open.so_far.burst;
  const DramRequest access{open.next_address, burst.write, slot};
  open.next_address += access_bytes_;
  if (open.next_address >= burst.address + burst.bytes) ports_[port].first = open.next;
  return access;
}

bool BurstQueue::complete(const DramCompletion& access, Done& done) {
  const auto slot = static_cast<Slot>(access.tag);
  Open& open = open_[slot];
  if (access.done >= open.so_far.done) {
    open.so_far.done = access.done;
    open.so_far.delay = access.delay;
    open.so_far.delay_cycles = access.delay_cycles;
  }
  if (--open.left > 0) return false;
  done = open.so_far;
  free_.push_back(slot);
  return true;
}

}  // namespace ernsim
