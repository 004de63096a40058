#pragma once

#include <map>

#include "models/accelerator/convolution/convolution_unit.h"
#include "models/accelerator/quantization/quantization_unit.h"
#include "tests/rtl/bench/credit_counters.h"
#include "tests/rtl/bench/rtl.h"

namespace ernsim::rtl {

/// When an instruction is in its unit's queue, starts and is finished.
struct InstructionTimes {
  Instruction instruction;
  Cycle visible = 0, start = 0, finish = 0;
};

/// Credits of all semaphores that can be taken at the beginning of a cycle.
using Credits = std::array<std::uint16_t, semaphore_count>;

/// The C++ units between memories, semaphores and a controller that only listens; advanced cycle by cycle.
class ModelSide : ControlPort, Observer {
 public:
  explicit ModelSide(const Stimulus& stimulus);

  /// First in a cycle: what can be taken in it.
  const Credits& look(Cycle now);
  void cycle(const Inputs& inputs, const std::array<std::vector<Instruction>, units>& pushes, Cycle now);

  std::size_t consumed(Unit unit) const { return starts_[static_cast<std::size_t>(unit)].size(); }
  std::size_t finished(Unit unit) const { return finished_[static_cast<std::size_t>(unit)]; }
  const std::vector<InstructionTimes>& times(Unit unit) const { return times_[static_cast<std::size_t>(unit)]; }
  const std::vector<Credits>& credits() const { return credits_; }
  Memories& memories() { return memories_; }
  /// Adds everything but memory ports.
  void report(Recording& recording) const;

 private:
  void consumed(UnitId unit, Cycle now) override;
  void finished(UnitId unit, Cycle now) override;
  void failed(const Fault&, Cycle) override {}
  void stopped(UnitId, Cycle) override {}
  void instruction(const Instruction& instruction, Cycle start, Cycle end) override;

  Memories memories_;
  SemaphoreBank semaphores_;
  UnitContext context_;
  ConvolutionUnit convolution_;
  QuantizationUnit quantization_;
  std::array<std::vector<InstructionTimes>, units> times_;
  std::array<std::vector<Cycle>, units> starts_, done_;
  std::array<std::size_t, units> finished_{};
  std::map<Cycle, std::uint32_t> posts_;
  std::vector<Credits> credits_;  ///< of every cycle
};

}  // namespace ernsim::rtl
