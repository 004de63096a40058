#pragma once

#include <array>
#include <vector>

#include "models/dram/dram_request.h"

namespace ernsim {

/// Bursts under way at the ports of the memory controller, cut into column accesses of `access_bytes`.
///
/// Each DDRC port hands over the accesses of its bursts in order. A burst is under way until its last access is done.
class BurstQueue {
 public:
  using Slot = std::uint32_t;
  static constexpr std::size_t ddrc_ports = 4;

  /// A burst of which all accesses are done.
  struct Done {
    Burst burst;
    Cycle done = 0;                         ///< of the access that was done last
    MemoryDelay delay = MemoryDelay::none;  ///< of that access
    Cycle delay_cycles = 0;
  };

  explicit BurstQueue(std::uint64_t access_bytes) : access_bytes_(access_bytes) {}

  /// A burst reaches port `port`; its accesses may be handed over from cycle `visible` on.
  void enter(const Burst& burst, std::size_t port, Cycle visible);
  /// When an access of the DDRC port may be handed over, `never` if there is none.
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
    int left = 0;      ///< accesses not done
    Slot next = none;  ///< the burst behind it at its port
  };
  /// Bursts with accesses that have not been handed over, in order.
  struct Port {
    Slot first = none, last = none;
  };

  Slot free_slot();

  const std::uint64_t access_bytes_;
  std::vector<Open> open_;  ///< grows to the most that were ever under way
  std::vector<Slot> free_;
  std::array<Port, ddrc_ports> ports_;
};

}  // namespace ernsim
