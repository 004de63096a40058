#pragma once

#include <vector>

#include "models/dram/dram_request.h"
#include "models/dram/dram_statistics.h"

namespace ernsim {

/// Bursts under way at the ports of the memory controller, cut into column accesses of `access_bytes`, a power of two.
///
/// Each port hands over the accesses of its bursts in order. A burst is under way until its last access is done.
class BurstQueue {
 public:
  using Slot = std::uint32_t;
  using Ports = std::uint32_t;  ///< a bit each
  static constexpr std::size_t most_ports = 31;

  /// A burst of which all accesses are done.
  struct Done {
    Burst burst;
    Cycle done = 0;                         ///< of the access that was done last
    MemoryDelay delay = MemoryDelay::none;  ///< of that access
    Cycle delay_cycles = 0;
  };

  /// Throws std::length_error beyond most_ports.
  BurstQueue(std::uint64_t access_bytes, std::size_t ports);

  /// Ports with an access that has not been handed over.
  Ports waiting() const { return waiting_; }
  bool empty() const { return under_way_ == 0; }
  /// Bytes of the accesses that are done of a port, whole accesses.
  const PortBytes& bytes(std::size_t port) const { return ports_[port].bytes; }

  /// A burst reaches a port; its accesses may be handed over from cycle `visible` on.
  void enter(const Burst& burst, std::size_t port, Cycle visible);
  /// When an access of the port may be handed over, `never` if there is none.
  Cycle visible(std::size_t port) const { return ports_[port].visible; }
  /// The address of the access that is handed over next. There is one.
  std::uint64_t next_address(std::size_t port) const { return ports_[port].next.address; }
  /// The next access of the port's first burst.
  DramRequest hand_over(std::size_t port) {
    Port& from = ports_[port];
    const DramRequest access = from.next;
    from.next.address += access_bytes_;
    if (from.next.address >= from.end) go_on(port);
    return access;
  }
  /// An access is done. Whether it was the last one of its burst, which is then in `done`.
  bool complete(const DramCompletion& access, Done& done) {
    const auto slot = static_cast<Slot>(access.tag);
    Open& open = open_[slot];
    *open.moved += static_cast<std::int64_t>(access_bytes_);
    if (access.done >= open.so_far.done) {
      open.so_far.done = access.done;
      open.so_far.delay = access.delay;
      open.so_far.delay_cycles = access.delay_cycles;
    }
    if (--open.left > 0) return false;
    done = open.so_far;
    free_.push_back(slot);
    --under_way_;
    return true;
  }

 private:
  static constexpr Slot none = ~Slot{0};
  struct Open {
    Done so_far;
    Cycle visible = 0;
    std::int64_t left = 0;          ///< accesses not done
    std::int64_t* moved = nullptr;  ///< bytes of its port and direction
    Slot next = none;               ///< the burst behind it at its port
  };
  /// Bursts with accesses that have not been handed over, in order.
  struct Port {
    Cycle visible = never;  ///< of the first
    DramRequest next;       ///< of the first
    std::uint64_t end = 0;  ///< of the first
    Slot first = none, last = none;
    PortBytes bytes;
  };

  Slot free_slot();
  void go_on(std::size_t port);
  void look_at_first(std::size_t port);

  const std::uint64_t access_bytes_;
  const int access_bits_;
  std::vector<Open> open_;  ///< grows to the most that were ever under way
  std::vector<Slot> free_;
  std::vector<Port> ports_;
  std::size_t under_way_ = 0;
  Ports waiting_ = 0;
};

}  // namespace ernsim
