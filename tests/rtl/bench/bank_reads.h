#pragma once

#include <vector>

#include "models/accelerator/isa/instruction.h"
#include "tests/rtl/bench/shape.h"
#include "timing/clock.h"

namespace ernsim::rtl {

/// A word that a sweep reads from A; the cycle counts from the sweep's start.
struct BankRead {
  Cycle cycle;
  int bank;
  std::uint32_t address;
};

/// A sweep as the contract tells it: a step needs the pixels of its lanes; what a lane had in the step before is in the
/// line registers; a bank gives a word in a cycle; a step is made in the cycle that reads the last of its words, one
/// cycle after the one before it at the earliest.
struct SweepReads {
  std::vector<Cycle> steps;  ///< [step]: its cycle
  std::vector<BankRead> reads;

  Cycle cycles() const { return steps.back() + 1; }
};
SweepReads sweep_reads(const Shape& shape, const ConvolutionOperands& operands, int pane);

}  // namespace ernsim::rtl
