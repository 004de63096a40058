#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "timing/clocked.h"
#include "timing/fifo.h"
#include "tlm/burst.h"
#include "tlm/interconnect_config.h"

namespace ernsim {

/// Four HP and two HPC ports (UG1085).
inline constexpr std::size_t port_count = 6;

/// A burst's data on one of a port's two data channels, a beat per cycle of the AXI clock, in whose cycles times are.
struct PortData {
  std::size_t port = 0;
  bool write = false;
  Cycle begin = 0;
  Cycle end = 0;  ///< after the last beat
};

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

  std::function<void(const PortData&)> data_log;  ///< may be empty

 protected:
  Cycle advance(Cycle now) override;

 private:
  struct Pending {
    Burst burst;
    std::size_t port = 0;
    Cycle visible = 0;
    bool arrived = false;  ///< in flight only: back from memory, ready at `visible`
    MemoryDelay delay = MemoryDelay::none;
    Cycle delay_cycles = 0;
  };
  struct Initiator {
    std::size_t port = 0;  ///< the first of the gang
    std::size_t gang = 1;
    Cycle next_address = 0;   ///< earliest cycle of its next one, on whichever port
    Cycle seen = 0;           ///< its own cycle of the last beat that it has seen
    Fifo<Pending> waiting;    ///< not yet granted
    Fifo<Pending> in_flight;  ///< granted, in order
    Cycle delivery = never;   ///< when the first of them is at the port
  };
  struct Channel {
    Cycle grant_at = never;  ///< when to look for a burst to grant
    Cycle next_address = 0;  ///< earliest cycle of the next address
    Cycle data_free = 0;     ///< first cycle the data channel is free
    std::size_t next_turn = 0;
    int outstanding = 0;
    int waiting = 0;  ///< bursts not yet granted, of all initiators
  };
  struct Port {
    Channel read, write;
  };

  void grant(std::size_t port, bool write, Cycle now);
  Cycle next_grant(std::size_t port, bool write) const;
  void forward(Initiator& initiator, Channel& channel, Cycle now);
  void deliver(Initiator& initiator, Cycle now);
  void pass_data(Initiator& initiator, const Pending& read, Cycle now, BurstTiming& timing);
  std::size_t port_of(const Initiator& initiator, const Burst& burst) const;
  Channel& channel_of(const Pending& pending) {
    Port& port = ports_[pending.port];
    return pending.burst.write ? port.write : port.read;
  }

  std::array<Initiator, initiator_count> initiators_;
  std::array<Port, port_count> ports_;
  InterconnectSide& side_;
  ClockCrossing inward_;
  PortLink outward_;
  std::size_t ports_there_;
  std::uint64_t stripe_bytes_;
  Picoseconds read_latency_ps_;
  Picoseconds write_latency_ps_;
  int port_outstanding_;
};

}  // namespace ernsim
