#pragma once

#include <catch2/catch.hpp>
#include <vector>

#include "models/accelerator/unit/instruction_unit.h"
#include "models/accelerator/unit/semaphore_bank.h"
#include "tlm/port_link.h"

namespace ernsim::test {

/// A unit by itself: semaphores, and a log of when its instructions ran.
class UnitBench : public ControlPort, public Observer {
 public:
  struct Ran {
    Cycle start = 0, end = 0;
  };

  explicit UnitBench(Cycle semaphore_cycles = 1)
      : semaphores(semaphore_cycles), context{Clock{1000}, semaphores, *this, this, false} {
    semaphores.reset({});
  }

  void consumed(UnitId, Cycle now) override { consumed_at.push_back(now); }
  void finished(UnitId, Cycle now) override { finished_at = now; }
  void failed(const Fault& fault, Cycle now) override { faults.push_back({fault, now}); }
  void stopped(UnitId, Cycle now) override { stopped_at = now; }
  void instruction(const Instruction&, Cycle start, Cycle end) override { ran.push_back({start, end}); }

  /// Evaluates the unit at every cycle up to `last`.
  void run(Clocked& unit, Cycle last) {
    for (; now_ <= last; ++now_) unit.evaluate(now_);
  }

  SemaphoreBank semaphores;
  UnitContext context;
  std::vector<Ran> ran;
  std::vector<Cycle> consumed_at;
  Cycle finished_at = never, stopped_at = never;
  std::vector<std::pair<Fault, Cycle>> faults;

 private:
  Cycle now_ = 0;
};

/// A port of 16 bytes on the clock of the bench.
inline const PortLink same_clock{16, {Clock{1000}, Clock{1000}, 0}};

inline std::size_t semaphore_number(MemoryId memory, UnitId from, UnitId to) {
  for (std::size_t i = 0; i < semaphore_count; ++i)
    if (semaphores[i].memory == memory && semaphores[i].from == from && semaphores[i].to == to) return i;
  throw std::runtime_error("no such semaphore");
}

inline Instruction waiting_for(Instruction instruction, std::size_t semaphore) {
  instruction.waits[instruction.wait_count++] = {static_cast<std::uint8_t>(semaphore), 1};
  return instruction;
}

}  // namespace ernsim::test
