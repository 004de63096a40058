#pragma once

#include <array>
#include <cstdint>

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/port_observer.h"
#include "models/accelerator/unit/statistics.h"
#include "timing/clocked.h"
#include "timing/fifo.h"

namespace ernsim {

/// The counting semaphores. A credit posted at cycle T can be taken from T + semaphore_cycles on.
class SemaphoreBank {
 public:
  explicit SemaphoreBank(Cycle semaphore_cycles) : latency_(semaphore_cycles) {}

  /// The unit that waits for semaphores whose `to` is `unit`; it is woken by posts.
  void attach(UnitId unit, Clocked& waiter) { waiters_[unit] = &waiter; }
  void observe(PortObserver& ports) { ports_ = &ports; }
  void reset(const std::array<std::uint16_t, semaphore_count>& initial);

  /// Adds one credit to each semaphore in the mask.
  void post(std::uint32_t mask, Cycle now);

  /// Credits of one semaphore that can be taken at `now`.
  int credits(std::size_t semaphore, Cycle now) { return visible(semaphore, now); }
  /// What keeps the waits chosen by `choose` from being taken, none if nothing does.
  template <class Choose>
  StallCause missing(const Instruction& instruction, Cycle now, Choose choose) {
    for (std::size_t i = 0; i < instruction.wait_count; ++i) {
      const SemaphoreWait& wait = instruction.waits[i];
      if (choose(wait) && visible(wait.semaphore, now) < wait.count) return cause(wait.semaphore);
    }
    return StallCause::none;
  }
  /// Takes credits that are there.
  void take(const Instruction& instruction, Cycle now, const SemaphoreWait& wait) {
    states_[wait.semaphore].credits -= wait.count;
    if (ports_ != nullptr)
      ports_->beat(Port::semaphore_take, &instruction, now, wait.semaphore, &wait.count, sizeof wait.count);
  }
  /// Takes `count` credits of each wait chosen by `choose`, all or none. Returns the cause of waiting, none if taken.
  template <class Choose>
  StallCause take(const Instruction& instruction, Cycle now, Choose choose) {
    const StallCause cause = missing(instruction, now, choose);
    if (cause != StallCause::none) return cause;
    for (std::size_t i = 0; i < instruction.wait_count; ++i)
      if (choose(instruction.waits[i])) take(instruction, now, instruction.waits[i]);
    return StallCause::none;
  }

 private:
  struct State {
    int credits = 0;
    Fifo<Cycle> pending;  ///< when the credits posted but not yet visible become visible, ascending
  };

  int visible(std::size_t semaphore, Cycle now);
  static StallCause cause(std::size_t semaphore);

  Cycle latency_;
  PortObserver* ports_ = nullptr;
  std::array<State, semaphore_count> states_{};
  EnumArray<UnitId, Clocked*> waiters_{};
};

}  // namespace ernsim
