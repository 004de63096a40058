#include <map>

#include "tests/property/attribution.h"

// What a unit is said to wait for between instructions, against credits and arrivals.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

/// Whether the one that posts has filled what the one that waits will read; otherwise it has left room.
bool fills(const SemaphoreId& semaphore) {
  const bool loads_it = semaphore.from <= UnitId::load_residuals;
  const bool array = semaphore.from == UnitId::convolution && semaphore.memory == MemoryId::accumulators;
  const bool quantizer = semaphore.from == UnitId::quantization &&
                         (semaphore.memory == MemoryId::activations || semaphore.memory == MemoryId::results);
  return loads_it || array || quantizer;
}

/// The page of the control unit as a table: what a unit that waits for a semaphore waits for.
StallCause resource(const SemaphoreId& semaphore) {
  const std::map<MemoryId, StallCause> filled{
      {MemoryId::activations, StallCause::input},         {MemoryId::results, StallCause::input},
      {MemoryId::weights, StallCause::weights},           {MemoryId::thresholds, StallCause::thresholds},
      {MemoryId::accumulators, StallCause::accumulators}, {MemoryId::residuals, StallCause::residuals}};
  if (semaphore.memory == MemoryId::external) return StallCause::external;
  return fills(semaphore) ? filled.at(semaphore.memory) : StallCause::output_buffer;
}

/// Credits of a semaphore over time, from its beats.
class Credits {
 public:
  Credits(const RandomCase& chosen, const Evidence& evidence, std::uint8_t semaphore)
      : initial_(chosen.schedule.semaphore_initial[semaphore]) {
    for (const PortBeat& beat : evidence.of(Port::semaphore_post))
      if (beat.address == semaphore)
        changes_.push_back({beat.cycle + chosen.config.accelerator.control.semaphore_cycles, 1});
    for (const PortBeat& beat : evidence.of(Port::semaphore_take))
      if (beat.address == semaphore) changes_.push_back({beat.cycle, -static_cast<int>(beat.value & 0xFFFF)});
  }
  /// Before anything is taken in this cycle.
  int at(Cycle cycle) const {
    int credits = initial_;
    for (const auto& [when, change] : changes_)
      if (change > 0 ? when <= cycle : when < cycle) credits += change;
    return credits;
  }

 private:
  int initial_;
  std::vector<std::pair<Cycle, int>> changes_;
};

/// Whether the instruction, in the last cycle of the wait, lacks credits of something that is called so.
bool lacks(const RandomCase& chosen, const Evidence& evidence, const Instruction& next, StallCause cause, Cycle cycle) {
  for (std::uint8_t i = 0; i < next.wait_count; ++i) {
    const SemaphoreWait& wait = next.waits[i];
    if (resource(semaphores[wait.semaphore]) == cause &&
        Credits(chosen, evidence, wait.semaphore).at(cycle) < static_cast<int>(wait.count))
      return true;
  }
  return false;
}

bool is_resource(StallCause cause) { return cause >= StallCause::input && cause <= StallCause::external; }

/// The layer under which a cycle of a unit is booked.
std::size_t layer_named(const Evidence& evidence, UnitId unit, Cycle cycle) {
  for (const auto& each : evidence.named[static_cast<std::size_t>(unit)])
    if (each.span.begin <= cycle && cycle < each.span.end) return each.layer;
  return ~std::size_t{0};
}

/// Of the waits between instructions: that for an instruction ends when it is there, that for a resource when that is.
std::string semaphore_faults(const RandomCase& chosen, const Evidence& evidence, UnitId unit) {
  const auto& stream = chosen.schedule.streams[static_cast<std::size_t>(unit)];
  const auto& starts = evidence.of(Port::instruction_start, unit);
  std::vector<Cycle> arrives(stream.size(), never);
  for (const PortBeat& beat : evidence.of(Port::fetched)) {
    if ((beat.value >> 8 & 0xFF) == static_cast<std::uint32_t>(unit) && beat.address < arrives.size())
      arrives[beat.address] = beat.cycle + 1;
  }
  for (const PortBeat& stall : evidence.of(Port::stall, unit)) {
    const auto cause = static_cast<StallCause>(stall.address);
    const Cycle last = stall.cycle + stall.value - 1;
    std::size_t next = 0;
    while (next < starts.size() && starts[next].cycle <= last) ++next;
    if (unit == UnitId::convolution && (cause == StallCause::weights || cause == StallCause::accumulators)) continue;
    if (cause == StallCause::instructions && next < stream.size() && last >= arrives[next])
      return fmt::format("{}: waits for instruction {} in cycle {}, which is there since {}\n", name_of(unit), next,
                         last, arrives[next]);
    if (!is_resource(cause)) continue;
    if (next >= stream.size() || arrives[next] > stall.cycle)
      return fmt::format("{}: waits for {} in cycle {} without an instruction\n", name_of(unit), name_of(cause),
                         stall.cycle);
    if (layer_named(evidence, unit, last) != stream[next].at.layer)
      return fmt::format("{}: the wait in cycle {} is for layer {}\n", name_of(unit), last, stream[next].at.layer);
    for (const Cycle cycle : {stall.cycle, last})
      if (!lacks(chosen, evidence, stream[next], cause, cycle))
        return fmt::format("{}: waits for {} in cycle {}, and has it\n", name_of(unit), name_of(cause), cycle);
  }
  return "";
}

std::string resource_faults(const RandomCase& chosen, const Evidence& evidence) {
  std::string faults;
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    faults += semaphore_faults(chosen, evidence, static_cast<UnitId>(unit));
  return faults;
}

}  // namespace

TEST_CASE("a unit waits for what its next instruction lacks, or for that instruction", "[attribution]") {
  test::check_cases(6, resource_faults);
}
