#pragma once

#include <array>
#include <vector>

#include "models/accelerator/unit/port_observer.h"

namespace ernsim::tools {

/// Credits of all semaphores over a run, beside whoever else watches the ports.
class CreditLog : public PortObserver {
 public:
  /// A credit that can be taken from `cycle` on, or so many that are taken in it.
  struct Change {
    Cycle cycle = 0;
    std::uint32_t semaphore = 0;
    std::uint16_t credits = 1;
  };
  struct Window {
    std::array<int, semaphore_count> before{};  ///< credits that can be taken in its first cycle, before anybody does
    std::vector<Change> comes, taken;           ///< after its first cycle; in it or later
  };

  CreditLog(const std::array<std::uint16_t, semaphore_count>& initial, Cycle semaphore_cycles, PortObserver& next)
      : initial_(initial), semaphore_cycles_(semaphore_cycles), next_(next) {}

  void beats(const PortBeats& beats) override;
  /// Both included.
  Window window(Cycle first, Cycle last) const;

 private:
  std::array<std::uint16_t, semaphore_count> initial_;
  Cycle semaphore_cycles_;
  PortObserver& next_;
  std::vector<Change> comes_, taken_;
};

}  // namespace ernsim::tools
