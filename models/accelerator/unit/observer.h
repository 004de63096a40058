#pragma once

#include <cstdint>

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/statistics.h"
#include "timing/clock.h"

namespace ernsim {

/// Sees what units do while they do it. All pointers are valid only during the call; calls with tensor values happen
/// only when data is on.
class Observer {
 public:
  virtual ~Observer() = default;
  /// An instruction ran from `start` (semaphores taken) to `end` (semaphores posted).
  virtual void instruction(const Instruction&, Cycle /*start*/, Cycle /*end*/) {}
  /// The start command is seen: cycles of a frame count from here.
  virtual void frame_started(Cycle /*now*/) {}
  /// The completion interrupt of the first frame is raised; what its counters do not hold comes later.
  virtual void frame_finished(Cycle /*now*/) {}
  /// Whether spent() is to be called.
  virtual bool sees_cycles() const { return false; }
  /// A unit spent the cycles from `begin` to before `end` in one way, for a layer or waiting for it; idle: the last
  /// layer. A unit's calls leave no gap and do not overlap.
  virtual void spent(UnitId, Activity, std::size_t /*layer*/, Cycle /*begin*/, Cycle /*end*/) {}
  /// What a unit waited for from `begin` to before `end`; each of its calls is one of spent() with Activity::stalled.
  virtual void waited(UnitId, StallCause, Cycle /*begin*/, Cycle /*end*/) {}
  /// `count` embedded pixels of image row `row` from column `column` on, as words of A: `blocks` words per pixel.
  virtual void embedded(int /*row*/, int /*column*/, int /*count*/, int /*blocks*/, const std::uint8_t* /*words*/) {}
  /// Finished accumulators as the quantization unit reads them, before the residual add: [rows][columns][B].
  virtual void accumulators(const Instruction&, const std::int16_t* /*values*/) {}
  /// Sums after the residual add: [rows][columns][B].
  virtual void sums(const Instruction&, const std::int16_t* /*values*/) {}
  /// Codes, one byte each: [rows][columns][B].
  virtual void codes(const Instruction&, const std::uint8_t* /*values*/) {}
};

}  // namespace ernsim
