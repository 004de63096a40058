#include <fmt/format.h>

#include "compiler/schedule_check_parts.h"
#include "compiler/schedule_text_names.h"

namespace ernsim::compiler {
namespace {

/// What is wrong with the waits, empty if nothing.
std::string wait_fault(const Instruction& i) {
  if (i.wait_count > max_waits) return fmt::format("has {} waits; at most {}", i.wait_count, max_waits);
  for (std::size_t w = 0; w < i.wait_count; ++w) {
    const auto [semaphore, count] = i.waits[w];
    if (semaphore >= semaphore_count)
      return fmt::format("waits for semaphore {}; there are {}", semaphore, semaphore_count);
    if (count < 1 || count > max_wait_count)
      return fmt::format("waits for {} credits of {}; 1 to {} are allowed", count, semaphore_name(semaphore),
                         max_wait_count);
    if (semaphores[semaphore].to != i.unit)
      return fmt::format("waits for {}; only {} may", semaphore_name(semaphore),
                         ernsim::name_of(semaphores[semaphore].to));
  }
  return {};
}

std::string post_fault(const Instruction& i) {
  for (std::size_t s = 0; s < 32; ++s) {
    if ((i.posts >> s & 1) == 0) continue;
    if (s >= semaphore_count) return fmt::format("posts semaphore {}; there are {}", s, semaphore_count);
    if (semaphores[s].from != i.unit)
      return fmt::format("posts {}; only {} may", semaphore_name(s), ernsim::name_of(semaphores[s].from));
  }
  return {};
}

std::string fault(const Schedule& schedule, InstructionId id, std::size_t length) {
  const Instruction& i = instruction_of(schedule, id);
  if (i.unit != id.unit)
    return fmt::format("is an instruction of {} in the stream of another unit", ernsim::name_of(i.unit));
  if (i.at.layer >= schedule.layers.size())
    return fmt::format("belongs to layer {}; the schedule has {}", i.at.layer, schedule.layers.size());
  if (i.last != (id.index + 1 == length))
    return i.last ? "is marked last but others follow" : "is the end of the stream but not marked last";
  if (auto waits = wait_fault(i); !waits.empty()) return waits;
  return post_fault(i);
}

}  // namespace

void check_streams(const Schedule& schedule) {
  for (const UnitId unit : each<UnitId>()) {
    const std::size_t length = schedule.streams[unit].size();
    for (std::uint32_t index = 0; index < length; ++index) {
      const InstructionId id{unit, index};
      if (const auto what = fault(schedule, id, length); !what.empty()) refuse(schedule, id, what);
    }
  }
}

}  // namespace ernsim::compiler
