#pragma once

#include <vector>

#include "models/dram/dram_request.h"
#include "models/dram/dram_statistics.h"

namespace ernsim {

/// Bursts under way at the ports of the memory controller, cut into column accesses of `access_bytes`.
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
  bool empty() const { return free_.size() == open_.size(); }
  /// Bytes of the accesses that are done of a port, whole accesses.
  const PortBytes& bytes(std::size_t port) const { return ports_[port].bytes; }

  /// A burst reaches a port; its accesses may be handed over from cycle `visible` on.
  void enter(const Burst& burst, std::size_t port, Cycle visible);
  /// When an access of the port may be handed over, `never` if there is none.
  Cycle visible(std::size_t port) const {
    return ports_[port].first == none ? never : open_[ports_[port].first].visible;
  }
  /// The address of the access that is handed over next. There is one.
  std::uint64_t next_address(std::size_t port) const { return open_[ports_[port].first].next_address; }
  /// The next access of the port's first burst.
  DramRequest hand_over(std::size_t port);
  /// An access is done. Whether it was the last one of its burst, which is then in `done`.
  bool complete(const DramCompletion& access, Done& done);

 private:
  static constexpr Slot none = ~Slot{0};
  struct Open {
    Done so_far;
    Cycle visible = 0;
    std::uint64_t next_address = 0;
    int left = 0;  ///< accesses not done
    std::uint32_t port = 0;
    Slot next = none;  ///< the burst behind it at its port
  };
  /// Bursts with accesses that have not been handed over, in order.
  struct Port {
    Slot first = none, last = none;
    PortBytes bytes;
  };

  Slot free_slot();

  const std::uint64_t access_bytes_;
  std::vector<Open> open_;  ///< grows to the most that were ever under way
  std::vector<Slot> free_;
  std::vector<Port> ports_;
  Ports waiting_ = 0;
};

}  // namespace ernsim
