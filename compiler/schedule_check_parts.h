#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/schedule.h"
#include "models/platform/platform_config.h"

// The steps of check(). Each relies on the ones before it.

namespace ernsim::compiler {

/// An instruction of a schedule: unit and place in the unit's stream, counted from 0.
struct InstructionId {
  UnitId unit = UnitId::load_activations;
  std::uint32_t index = 0;
};

inline const Instruction& instruction_of(const Schedule& schedule, InstructionId id) {
  return schedule.streams[id.unit][id.index];
}

/// "convolution #12 (backbone.conv2)"
std::string describe(const Schedule& schedule, InstructionId id);

/// Throws ScheduleError "convolution #12 (backbone.conv2): what".
[[noreturn]] void refuse(const Schedule& schedule, InstructionId id, const std::string& what);

/// The schedule was made for this accelerator.
void check_platform(const Schedule& schedule, const PlatformConfig& platform);

/// Regions lie in the external memory map, at page boundaries, and do not overlap.
void check_regions(const Schedule& schedule);

/// Semaphores, layers and the last flag.
void check_streams(const Schedule& schedule);

/// Operands make sense and every address lies in its memory or region.
void check_addresses(const Schedule& schedule, const MemoryConfig& memories);

/// For each unit, how many of its instructions are known to be complete.
using VectorClock = EnumArray<UnitId, std::uint32_t>;

/// One order in which the streams can execute, and what each instruction knows to be complete when it starts.
struct Execution {
  std::vector<InstructionId> order;
  EnumArray<UnitId, std::vector<VectorClock>> known;  ///< [index in the stream]
};

/// Plays the streams with counting semaphores. Each semaphore has one poster and one waiter, so the outcome does not
/// depend on the order of play. Throws ScheduleError naming who waits for whom when the streams get stuck.
Execution execute(const Schedule& schedule);

/// Every read has been written before and semaphores order every two accesses that conflict.
void check_races(const Schedule& schedule, const Execution& execution);

}  // namespace ernsim::compiler
