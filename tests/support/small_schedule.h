#pragma once

#include <string>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"

namespace ernsim::test {

/// Two 1x1 layers on 4x4 pixels and one channel block, for the default platform. `stem` reads the image and stores
/// codes and sums; `head` loads both again, adds the sums as residuals and stores sums. Every unit works, and the
/// accumulators and results of the second layer reuse the words of the first.
compiler::Schedule small_schedule();

Instruction& instruction(compiler::Schedule& schedule, UnitId unit, std::size_t index);
std::uint8_t semaphore(MemoryId memory, UnitId from, UnitId to);
void remove_waits(Instruction& instruction);

/// The text check() refuses the schedule with; empty if it accepts it.
std::string refusal(const compiler::Schedule& schedule, const PlatformConfig& platform = {});

}  // namespace ernsim::test
