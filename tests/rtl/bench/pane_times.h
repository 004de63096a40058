#pragma once

#include <string>

#include "tests/rtl/bench/model_side.h"

namespace ernsim::rtl {

/// Its credits are taken by the weight loader.
inline constexpr std::size_t weight_semaphore = 7;

struct PaneTimes {
  std::size_t instruction = 0;
  int pane = 0;     ///< of the instruction
  Cycle load = 0;   ///< first word read
  Cycle sweep = 0;  ///< first step
};

/// When panes are loaded and swept, from the written contract: a pane loads from the start of the sweep before it on,
/// the first of an instruction not before that has arrived and its weight credits are there. `fault` tells if an
/// instruction's end is not what follows from that.
std::vector<PaneTimes> pane_times(const Shape& shape, const std::vector<InstructionTimes>& instructions,
                                  const std::vector<Credits>& credits, std::string& fault);

}  // namespace ernsim::rtl
