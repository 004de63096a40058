#pragma once

#include <array>
#include <deque>
#include <vector>

#include "models/dram/dram_controller.h"
#include "tlm/burst.h"

namespace ernsim {

/// Who is told that all of a burst's column accesses are done.
class BurstListener {
 public:
  virtual ~BurstListener() = default;
  /// `delay`, `delay_ps`: why and how long its last access waited in the controller.
  virtual void burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) = 0;
};

/// Ports of the memory controller: splits bursts into 64-byte column accesses and hands them to the DRAM controller.
///
/// Timing contract, in memory clock cycles: a burst is seen at the first edge after it reaches the port; one access per
/// cycle goes to the controller while it has room, round robin over the DDRC ports, HP1 and HP2 sharing one (UG1085);
/// an access is seen by the controller in the next cycle. A burst is done when its last access is.
class BurstSplitter : public Clocked, private DramListener {
 public:
  static constexpr std::size_t ddrc_ports = 3;

  BurstSplitter(const DramConfig& config, BurstListener& listener);

  /// `reaches_ps`: when the burst reaches HP port `port`.
  void request(const Burst& burst, std::size_t port, Picoseconds reaches_ps);
  DramController& controller() { return controller_; }

 protected:
  Cycle advance(Cycle now) override;

 private:
  struct Open {
    Burst burst;
    Cycle visible = 0;
    std::uint64_t next_address = 0;
    int left = 0;  ///< accesses not done
    Cycle last_done = 0;
    MemoryDelay delay = MemoryDelay::none;  ///< of the access that was done last
    Cycle delay_cycles = 0;
  };

  void completed(const DramRequest& request, Cycle done) override;
  void room(Cycle now) override { wake(now + 1); }
  bool submit_from(std::deque<std::size_t>& queue, Cycle now);
  std::size_t open_slot();

  BurstListener& listener_;
  DramController controller_;
  std::vector<Open> open_;
  std::vector<std::size_t> free_;
  std::array<std::deque<std::size_t>, ddrc_ports> waiting_;
  std::size_t next_turn_ = 0;
};

}  // namespace ernsim
