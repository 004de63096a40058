#include "tests/rtl/bench/pane_times.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/rtl/bench/bank_reads.h"

namespace ernsim::rtl {

namespace {

/// The first cycle from `from` on in which the instruction's weight credits can be taken.
Cycle weights_there(const Instruction& instruction, const std::vector<Credits>& credits, Cycle from) {
  std::uint16_t needed = 0;
  for (const SemaphoreWait& wait : instruction.waits)
    if (wait.semaphore == weight_semaphore) needed = wait.count;
  auto at = static_cast<std::size_t>(from);
  while (at < credits.size() && credits[at][weight_semaphore] < needed) ++at;
  return static_cast<Cycle>(at);
}

int pane_count(const Shape& shape, const ConvolutionOperands& operands) {
  const int matrices = std::min<int>(shape.lanes, operands.kernel);
  return operands.in_blocks * operands.kernel * ((operands.kernel + matrices - 1) / matrices);
}

}  // namespace

std::vector<PaneTimes> pane_times(const Shape& shape, const std::vector<InstructionTimes>& instructions,
                                  const std::vector<Credits>& credits, std::string& fault) {
  std::vector<PaneTimes> panes;
  Cycle shadow_free = 0;
  for (std::size_t i = 0; i < instructions.size(); ++i) {
    const InstructionTimes& times = instructions[i];
    const ConvolutionOperands& operands = times.instruction.convolution;
    Cycle ready = times.start + shape.issue;
    for (int pane = 0; pane < pane_count(shape, operands); ++pane) {
      const Cycle load =
          pane > 0 ? shadow_free : weights_there(times.instruction, credits, std::max(shadow_free, times.visible));
      const Cycle sweep = std::max(ready, load + shape.channels);
      panes.push_back({i, pane, load, sweep});
      shadow_free = sweep;
      ready = sweep + std::max<Cycle>(sweep_reads(shape, operands, pane).cycles(), shape.pipeline);
    }
    if (ready + shape.pipeline != times.finish && fault.empty())
      fault =
          fmt::format("convolution {} is finished in cycle {}; {} expected", i, times.finish, ready + shape.pipeline);
  }
  return panes;
}

}  // namespace ernsim::rtl
