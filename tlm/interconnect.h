#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "timing/clocked.h"
#include "timing/fifo.h"
#include "tlm/burst.h"
#include "tlm/interconnect_config.h"

namespace ernsim {

inline constexpr std::size_t port_count = 4;

/// A burst's data on one of a port's two data channels, a beat per cycle of the accelerator's clock.
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
  /// The burst reaches the memory controller's port at cycle `at` of the interconnect's clock.
  virtual void to_memory(const Burst& burst, std::size_t port, Cycle at) = 0;
  virtual void to_initiator(const Burst& burst, const BurstTiming& timing) = 0;
};

/// AXI ports with separate read and write channels.
///
/// Timing contract, in cycles of the accelerator clock:
///  - one read address and one write address per port and cycle, round robin among the port's initiators;
///  - a write needs `beats` cycles of the port's write data channel before it reaches the memory;
///  - a read's data, `read_latency_ns` after the memory is done, needs `beats` cycles of the read data channel;
///  - bursts of one initiator complete in order (one AXI ID); a burst is passed on as a whole;
///  - at most `port_outstanding` bursts of each direction are under way behind a port.
class Interconnect : public Clocked {
 public:
  Interconnect(Clock clock, const InterconnectConfig& config, InterconnectSide& side);

  /// An initiator issues a burst; it is seen at cycle `visible`, later than now.
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
    Cycle visible = 0;
    bool arrived = false;  ///< in flight only: back from memory, ready at `visible`
    MemoryDelay delay = MemoryDelay::none;
    Cycle delay_cycles = 0;
  };
  struct Initiator {
    std::size_t port = 0;
    Fifo<Pending> waiting;    ///< not yet granted
    Fifo<Pending> in_flight;  ///< granted, in order
    Cycle next_delivery() const {
      return in_flight.empty() || !in_flight.front().arrived ? never : in_flight.front().visible;
    }
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
  void forward(Initiator& initiator, Channel& channel, Cycle now);
  void deliver(Initiator& initiator, Cycle now);
  Channel& channel_of(const Burst& burst);

  std::array<Initiator, initiator_count> initiators_;
  std::array<Port, port_count> ports_;
  InterconnectSide& side_;
  Picoseconds read_latency_ps_;
  Picoseconds write_latency_ps_;
  int port_outstanding_;
};

}  // namespace ernsim
