#include <bitset>
#include <map>

#include "simulation/forked.h"
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

/// Credits of the semaphores over time, from their beats.
class Credits {
 public:
  Credits(const RandomCase& chosen, const Evidence& evidence) : initial_(chosen.schedule.semaphore_initial) {
    for (const PortBeat& beat : evidence.of(Port::semaphore_post))
      changes_.at(beat.address).push_back({beat.cycle + chosen.config.accelerator.control.semaphore_cycles, 1});
    for (const PortBeat& beat : evidence.of(Port::semaphore_take))
      changes_.at(beat.address).push_back({beat.cycle, -static_cast<int>(beat.value & 0xFFFF)});
  }
  /// Semaphores of which an instruction lacks credits in a cycle, before anything is taken in it.
  std::vector<std::uint8_t> lacking(const Instruction& next, Cycle cycle) const {
    std::vector<std::uint8_t> found;
    for (std::uint8_t i = 0; i < next.wait_count; ++i)
      if (at(next.waits[i].semaphore, cycle) < static_cast<int>(next.waits[i].count))
        found.push_back(next.waits[i].semaphore);
    return found;
  }
  /// Whether it lacks credits of something that is called so.
  bool lacks(const Instruction& next, StallCause cause, Cycle cycle) const {
    const auto found = lacking(next, cycle);
    return std::any_of(found.begin(), found.end(),
                       [cause](std::uint8_t each) { return resource(semaphores[each]) == cause; });
  }

 private:
  int at(std::uint8_t semaphore, Cycle cycle) const {
    int credits = initial_[semaphore];
    for (const auto& [when, change] : changes_[semaphore])
      if (change > 0 ? when <= cycle : when < cycle) credits += change;
    return credits;
  }

  std::array<std::uint16_t, semaphore_count> initial_;
  std::array<std::vector<std::pair<Cycle, int>>, semaphore_count> changes_;
};

/// Whether the array may wait so inside an instruction.
bool inside_sweeps(UnitId unit, StallCause cause) {
  return unit == UnitId::convolution &&
         (cause == StallCause::weights || cause == StallCause::accumulators || cause == StallCause::bank);
}

bool is_resource(StallCause cause) { return cause >= StallCause::input && cause <= StallCause::external; }

/// The layer under which a cycle of a unit is booked.
std::size_t layer_named(const Evidence& evidence, UnitId unit, Cycle cycle) {
  for (const auto& each : evidence.named[unit])
    if (each.span.begin <= cycle && cycle < each.span.end) return each.layer;
  return ~std::size_t{0};
}

/// Of the waits between instructions: that for an instruction ends when it is there, that for a resource when that is.
std::string semaphore_faults(const RandomCase& chosen, const Evidence& evidence, UnitId unit) {
  const auto& stream = chosen.schedule.streams[unit];
  const auto& starts = evidence.of(Port::instruction_start, unit);
  const Credits credits(chosen, evidence);
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
    if (inside_sweeps(unit, cause)) continue;
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
      if (!credits.lacks(stream[next], cause, cycle))
        return fmt::format("{}: waits for {} in cycle {}, and has it\n", name_of(unit), name_of(cause), cycle);
  }
  return "";
}

std::string resource_faults(const RandomCase& chosen, const Evidence& evidence) {
  std::string faults;
  for (const UnitId unit : each<UnitId>()) faults += semaphore_faults(chosen, evidence, unit);
  return faults;
}

using Semaphores = std::bitset<semaphore_count>;

/// Semaphores that were the only one lacking in the last cycle of a wait, which so had but one right name.
Semaphores waited_for_alone(const RandomCase& chosen, const Evidence& evidence) {
  Semaphores alone;
  const Credits credits(chosen, evidence);
  for (const UnitId unit : each<UnitId>()) {
    const auto& starts = evidence.of(Port::instruction_start, unit);
    for (const PortBeat& stall : evidence.of(Port::stall, unit)) {
      const auto cause = static_cast<StallCause>(stall.address);
      if (!is_resource(cause) || inside_sweeps(unit, cause)) continue;
      const Cycle last = stall.cycle + stall.value - 1;
      std::size_t next = 0;
      while (next < starts.size() && starts[next].cycle <= last) ++next;
      if (next == chosen.schedule.streams[unit].size()) continue;
      const auto found = credits.lacking(chosen.schedule.streams[unit][next], last);
      if (found.size() == 1) alone.set(found[0]);
    }
  }
  return alone;
}

/// All that a unit may wait for before it takes an instruction; the array's panes are waited for inside one.
Semaphores waited_for_before_instructions() {
  Semaphores all;
  for (std::size_t i = 0; i < semaphore_count; ++i) all[i] = !inside_sweeps(semaphores[i].to, resource(semaphores[i]));
  return all;
}

/// Of each kind of case something else is late or scarce: nothing, stores, loads of sums, room for sums.
void make_scarce(std::size_t kind, PlatformConfig& config) {
  if (kind == 1) config.accelerator.interconnect.write_latency_ns = 5000;
  if (kind == 2) {
    config.accelerator.interconnect.port_width_bytes = 4;
    config.accelerator.interconnect.clock_mhz = 50;
    config.accelerator.interconnect.gang_of_load_residuals = 1;
    config.accelerator.dma.pack_sums = false;
  }
  if (kind == 3) config.accelerator.memory.residuals_words = 40;
}

/// The next case of a kind from `seed` on that can show what is scarce: one with loads of sums, where these are.
RandomCase next_scarce_case(std::size_t kind, std::uint64_t& seed) {
  while (true) {
    RandomCase chosen = test::next_case(seed, [kind](PlatformConfig& config) { make_scarce(kind, config); });
    if (kind < 2 || !chosen.schedule.streams[UnitId::load_residuals].empty()) return chosen;
  }
}

}  // namespace

TEST_CASE("a unit waits for what its next instruction lacks, or for that instruction", "[attribution]") {
  test::check_cases(6, resource_faults);
}

TEST_CASE("each semaphore's wait has the name of the memory, or that of room in it, when nothing else lacks",
          "[attribution]") {
  constexpr std::size_t kinds = 4, most_rounds = 16;
  std::array<std::uint64_t, kinds> seeds{1, 1, 1, 1};
  Semaphores seen;
  for (std::size_t round = 0; round < most_rounds && seen != waited_for_before_instructions(); ++round) {
    std::vector<RandomCase> cases;
    for (std::size_t kind = 0; kind < kinds; ++kind) cases.push_back(next_scarce_case(kind, seeds[kind]));
    const auto verdicts = map_forked(kinds, 1, [&](std::size_t i) {
      const Evidence evidence = test::evidence_of(cases[i]);
      const std::string faults = resource_faults(cases[i], evidence);
      return faults.empty() ? waited_for_alone(cases[i], evidence).to_string() : faults + cases[i].description();
    });
    for (const std::string& verdict : verdicts) {
      REQUIRE(verdict.find_first_not_of("01") == std::string::npos);
      seen |= Semaphores(verdict);
    }
  }
  CHECK(seen == waited_for_before_instructions());
}
