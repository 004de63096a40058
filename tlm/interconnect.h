#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "timing/clocked.h"
#include "timing/fifo.h"
#include "tlm/burst.h"
#include "tlm/interconnect_config.h"
#include "tlm/port_data.h"

namespace ernsim {

/// Four HP and two HPC ports (UG1085).
inline constexpr std::size_t port_count = 6;

/// What the interconnect drives: the memory behind it and the initiators in front of it.
class InterconnectSide {
 public:
  virtual ~InterconnectSide() = default;
  /// The burst reaches the memory controller's port at cycle `at` of the AXI clock.
  virtual void to_memory(const Burst& burst, std::size_t port, Cycle at) = 0;
  virtual void to_initiator(const Burst& burst, const BurstTiming& timing) = 0;
};

/// AXI ports with separate read and write channels, on a clock of their own.
///
/// Timing contract: README.md. Cycles are those of the AXI clock, but for what initiators see (BurstTiming).
class Interconnect : public Clocked {
 public:
  /// `units`: the initiators' clock.
  Interconnect(Clock units, const InterconnectConfig& config, InterconnectSide& side);

  /// An initiator issues a burst in cycle `at` of its clock.
  void issue(const Burst& burst, Cycle at) { request(burst, inward_.seen(at + 1)); }
  /// The burst is seen at cycle `visible`, later than now.
  void request(const Burst& burst, Cycle visible);
  /// Nothing is under way: turns begin from the first initiator again.
  void reset();
  /// The memory is done with a burst at time `done_ps`.
  /// `delay`, `delay_ps`: what held it in the memory controller, and how long; passed on to the initiator.
  void memory_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay = MemoryDelay::none,
                   Picoseconds delay_ps = 0);

  /// May be null.
  void show_data(PortDataObserver* observer) { observer_ = observer; }

 protected:
  Cycle advance(Cycle now) override;

 private:
  struct Pending {
    Burst burst;
    std::size_t channel = 0;
    Cycle visible = 0;
    bool arrived = false;  ///< granted only: back from memory, at the port at `visible`
    MemoryDelay delay = MemoryDelay::none;
    Cycle delay_cycles = 0;
  };
  struct Initiator {
    std::size_t port = 0;  ///< the first of the gang
    std::size_t gang = 1;
    Cycle next_address = 0;   ///< earliest cycle of its next one, on whichever port
    Cycle seen = 0;           ///< its own cycle of the last beat that it has seen
    Fifo<Pending> bursts;     ///< in the order of issue, which is that of granting and of delivery
    std::size_t granted = 0;  ///< so many of them
    bool any_waiting() const { return bursts.size() > granted; }
    const Pending& first_waiting() const { return bursts[granted]; }
  };
  /// The reads or the writes of a port.
  struct Channel {
    Cycle next_address = 0;   ///< earliest cycle of the next address
    Cycle data_free = 0;      ///< first cycle the data channel is free
    std::uint32_t heads = 0;  ///< initiators whose first burst that waits for an address is for it, a bit each
    std::size_t next_turn = 0;
    int outstanding = 0;
  };

  static constexpr std::size_t initiator_count = count_of(InitiatorId{});

  static std::size_t channel_number(std::size_t port, bool write) { return 2 * port + (write ? 1 : 0); }
  std::size_t port_of(const Initiator& initiator, const Burst& burst) const;
  void line_up(std::size_t initiator, Cycle from);
  void grant(std::size_t number, Cycle now);
  Cycle earliest_grant(const Channel& channel, const Initiator& initiator) const {
    return std::max({initiator.first_waiting().visible, channel.next_address, initiator.next_address});
  }
  void look_for_grant(std::size_t channel, Cycle at) { grant_at_[channel] = std::min(grant_at_[channel], at); }
  Cycle next_grant(const Channel& channel) const;
  void forward(std::size_t number, std::size_t channel_number, Cycle now);
  void deliver(std::size_t number, Cycle now);
  BurstTiming pass_write(const Pending& write, Cycle now) const;
  BurstTiming pass_read(Initiator& initiator, const Pending& read, Cycle now);

  std::array<Initiator, initiator_count> initiators_;  ///< [number of InitiatorId], as in masks
  std::array<Channel, 2 * port_count> channels_;
  std::array<Cycle, initiator_count> delivery_at_;  ///< when the first granted burst is at its port, if that is known
  std::array<Cycle, 2 * port_count> grant_at_;      ///< when to look for a burst to grant
  InterconnectSide& side_;
  PortDataObserver* observer_ = nullptr;
  ClockCrossing inward_;
  PortLink outward_;
  std::size_t ports_there_;
  int stripe_bits_;  ///< of the bytes that follow each other on one port of a gang
  Picoseconds read_latency_ps_;
  Picoseconds write_latency_ps_;
  int port_outstanding_;
};

}  // namespace ernsim
