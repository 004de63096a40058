#include <fmt/format.h>

#include "compiler/schedule_check_access.h"
#include "compiler/schedule_check_history.h"
#include "compiler/schedule_check_parts.h"
#include "compiler/schedule_error.h"

namespace ernsim::compiler {
namespace {

using Fault = AccessHistory::Fault;
using Histories = EnumArray<MemoryId, AccessHistory>;

bool filled_by_host(RegionKind kind) { return kind != RegionKind::codes && kind != RegionKind::sums; }

std::string range_text(MemoryId memory, const AccessHistory::Conflict& conflict) {
  const char* unit = memory == MemoryId::external ? "bytes" : "words";
  return fmt::format("{} {} {} to {}", ernsim::name_of(memory), unit, conflict.begin, conflict.end - 1);
}

[[noreturn]] void report(const Schedule& schedule, InstructionId who, MemoryId memory,
                         const AccessHistory::Conflict& conflict) {
  const std::string range = range_text(memory, conflict);
  if (conflict.fault == Fault::never_written)
    refuse(schedule, who, fmt::format("reads {}, which nobody wrote before; a write or a semaphore is missing", range));
  const char* does = conflict.fault == Fault::write_to_read ? "reads" : "writes";
  const char* did = conflict.fault == Fault::read_to_write ? "reads" : "writes";
  throw ScheduleError(fmt::format("race: {} {} {}, and no semaphore makes it wait for {}, which {} them",
                                  describe(schedule, who), does, range, describe(schedule, conflict.other), did));
}

void apply(const Schedule& schedule, Histories& histories, InstructionId who, const VectorClock& known,
           const std::vector<Access>& accesses) {
  for (const Access& access : accesses) {
    AccessHistory& history = histories[access.memory];
    const auto conflict = access.writes ? history.write(who, known, access.begin, access.end)
                                        : history.read(who, known, access.begin, access.end);
    if (conflict) report(schedule, who, access.memory, *conflict);
  }
}

}  // namespace

void check_races(const Schedule& schedule, const Execution& execution) {
  Histories histories;
  for (const Region& region : schedule.regions)
    if (filled_by_host(region.kind) && region.bytes != 0)
      histories[MemoryId::external].write_initially(region.address, std::uint64_t{region.address} + region.bytes);
  std::vector<Access> accesses;
  for (const InstructionId who : execution.order) {
    accesses.clear();
    list_accesses(schedule, instruction_of(schedule, who), accesses);
    apply(schedule, histories, who, execution.known[who.unit][who.index], accesses);
  }
}

}  // namespace ernsim::compiler
