#include <map>
#include <set>

#include "models/dram/dram_timing.h"
#include "tests/property/attribution.h"

// What loads and the store are said to do while bursts are under way, against beats and DRAM commands.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

constexpr StallCause inside_memory[] = {StallCause::row_miss, StallCause::turnaround, StallCause::refresh};

/// First cycle of each burst's data and the cycle of its address.
std::vector<std::pair<Cycle, Cycle>> bursts_of(const Evidence& evidence, UnitId unit) {
  const auto engine = test::engine_of(unit);
  const auto& addresses = evidence.beats[static_cast<std::size_t>(Port::load_activations_burst) + engine];
  std::vector<std::pair<Cycle, Cycle>> bursts;
  std::size_t group = ~std::size_t{0};
  for (const PortBeat& beat : evidence.beats[static_cast<std::size_t>(Port::load_activations_data) + engine]) {
    if (beat.group != group) bursts.push_back({addresses.at(bursts.size()).cycle, beat.cycle});
    group = beat.group;
  }
  return bursts;
}

/// A load is busy whenever a beat is seen or a word is written, and no wait for the memory goes beyond a burst's first
/// beat.
std::string load_faults(const RandomCase&, const Evidence& evidence) {
  std::string faults;
  for (const UnitId unit : test::loads) {
    const auto engine = static_cast<std::size_t>(unit);
    Spans moves;
    for (const Port first : {Port::load_activations_data, Port::load_activations_writes})
      for (const PortBeat& beat : evidence.beats[static_cast<std::size_t>(first) + engine])
        moves.push_back({beat.cycle, beat.cycle + 1});
    const Spans idle = test::without(moves, evidence.spent(unit, Activity::busy));
    if (!idle.empty())
      faults += fmt::format("{}: moves data in cycle {} and is not busy\n", name_of(unit), idle[0].begin);
    std::set<Cycle> first_beats;
    for (const auto& burst : bursts_of(evidence, unit)) first_beats.insert(burst.second);
    for (const Span& busy : evidence.spent(unit, Activity::busy))
      if (first_beats.count(busy.begin) == 0)
        faults += fmt::format("{}: busy from cycle {} on, without a burst's first beat\n", name_of(unit), busy.begin);
  }
  return faults;
}

/// Whether the DRAM was told something in [begin, end] that a wait of this name can have come from.
bool happened(const RandomCase& chosen, const Evidence& evidence, StallCause cause, Cycle begin, Cycle end) {
  const Clock clock = chosen.config.accelerator.clock(), memory = dram_clock(chosen.config.dram);
  std::map<std::uint32_t, int> direction;
  for (const DramCommand& each : evidence.commands) {
    const Picoseconds at = memory.time_ps(each.at);
    const bool reads = test::reads(each), writes = test::writes(each);
    const bool refreshes = each.kind == DramCommandKind::refresh || each.kind == DramCommandKind::refresh_bank;
    const int before = direction.count(each.channel) == 1 ? direction[each.channel] : -1;
    if (reads || writes) direction[each.channel] = writes ? 1 : 0;
    if (at < clock.time_ps(begin) || at > clock.time_ps(end)) continue;
    if (cause == StallCause::refresh && refreshes) return true;
    if (cause == StallCause::row_miss && each.kind == DramCommandKind::activate) return true;
    if (cause == StallCause::turnaround && (reads || writes) && before == (reads ? 1 : 0)) return true;
  }
  return false;
}

/// A wait is named after something that the memory did while the burst was under way.
std::string memory_faults(const RandomCase& chosen, const Evidence& evidence) {
  std::string faults;
  for (const UnitId unit : test::movers) {
    const auto& issued = evidence.beats[static_cast<std::size_t>(Port::load_activations_burst) + test::engine_of(unit)];
    const auto outstanding = static_cast<std::size_t>(chosen.config.accelerator.dma.max_outstanding);
    for (const StallCause cause : inside_memory)
      for (const Span& wait : evidence.waits(unit, cause)) {
        std::size_t before = 0;
        while (before < issued.size() && issued[before].cycle < wait.end) ++before;
        const Cycle since = issued[before > outstanding ? before - outstanding : 0].cycle;
        if (!happened(chosen, evidence, cause, since, wait.end))
          faults += fmt::format("{}: {} in cycles {} to {}, and there was none since {}\n", name_of(unit),
                                name_of(cause), wait.begin, wait.end - 1, since);
      }
  }
  return faults;
}

/// All on one port, or each alone on its own.
void share_ports(InterconnectConfig& i, bool one) {
  i.ports = one ? 1 : 6;
  std::int64_t port = 0;
  for (auto* of : {&i.port_of_load_activations, &i.port_of_load_weights, &i.port_of_load_thresholds,
                   &i.port_of_load_residuals, &i.port_of_store, &i.port_of_control})
    *of = one ? 0 : port++;
  for (auto* of : {&i.gang_of_load_activations, &i.gang_of_load_weights, &i.gang_of_load_residuals, &i.gang_of_store})
    *of = 1;
}

/// A load whose burst was in the controller before a refresh, and whose data came behind it, has waited for that until
/// its first beat.
std::string refresh_faults(const RandomCase& chosen, const Evidence& evidence) {
  constexpr Picoseconds on_its_way = 50'000;  // two edges of 300 MHz, and four accesses of each of six ports
  const Clock clock = chosen.config.accelerator.clock(), memory = dram_clock(chosen.config.dram);
  const Picoseconds length = memory.time_ps(dram_timing(chosen.config.dram).refresh_to_refresh);
  std::string faults;
  std::size_t found = 0;
  for (const UnitId unit : test::loads)
    for (const auto& [issued, first_beat] : bursts_of(evidence, unit))
      for (const DramCommand& each : evidence.commands) {
        const Picoseconds at = memory.time_ps(each.at);
        const bool between = clock.time_ps(issued) + on_its_way < at && at + length < clock.time_ps(first_beat);
        if (each.kind != DramCommandKind::refresh || !between) continue;
        ++found;
        const Span held{first_beat - length / clock.period_ps, first_beat};
        if (!test::without({held}, evidence.waits(unit, StallCause::refresh)).empty())
          faults += fmt::format("{}: was held by a refresh until cycle {}, and waits for something else\n",
                                name_of(unit), first_beat);
      }
  return found == 0 ? "no load was held by a refresh\n" : faults;
}

/// A sixth of the time goes to refreshes, which are longer than data are on their way back. Opening rows takes so long
/// that many bursts are at the memory when one comes, and each access of a burst needs one of its own: some are before
/// the refresh and the last one behind it.
void refresh_much(PlatformConfig& config) {
  InterconnectConfig& i = config.accelerator.interconnect;
  share_ports(i, false);
  config.accelerator.clock_mhz = i.clock_mhz = 300;
  i.read_latency_ns = i.write_latency_ns = 0;
  i.synchroniser_stages = 0;
  config.accelerator.dma.max_outstanding = 1;
  config.accelerator.dma.max_burst_beats = 16;
  config.dram = DramConfig{};
  config.dram.mapping = AddressMapping::row_column_bank;
  const auto delay = [&](DramDelayId id) -> double& { return config.dram.delays_ns[id]; };
  delay(DramDelayId::tRFC) = 1000;
  delay(DramDelayId::tREFI) = 6000;
  for (const DramDelayId id : {DramDelayId::tRCD, DramDelayId::tRP, DramDelayId::tRRD_S, DramDelayId::tRRD_L})
    delay(id) = 100;
}

Cycle waited(const Evidence& evidence, StallCause cause) {
  Cycle cycles = 0;
  for (const UnitId unit : test::movers)
    for (const Span& wait : evidence.waits(unit, cause)) cycles += wait.end - wait.begin;
  return cycles;
}

}  // namespace

TEST_CASE("a load is busy from a burst's first beat on and while words are written", "[attribution]") {
  test::check_cases(6, load_faults);
}

TEST_CASE("a wait for the memory is named after a command that came while the burst was under way", "[attribution]") {
  test::check_cases(6, memory_faults, [](PlatformConfig& config) { config.dram.refresh = true; });
}

TEST_CASE("without refreshes no wait is for one; misses and turnarounds are waited for", "[attribution]") {
  const auto faults = [](const RandomCase&, const Evidence& evidence) {
    std::string text = waited(evidence, StallCause::refresh) > 0 ? "refresh\n" : "";
    if (waited(evidence, StallCause::turnaround) == 0) text += "no turnaround\n";
    if (waited(evidence, StallCause::row_miss) == 0) text += "no row miss\n";
    return text;
  };
  test::check_cases(4, faults, [](PlatformConfig& config) {
    config.dram.refresh = false;
    config.dram.page_policy = PagePolicy::closed;
  });
}

TEST_CASE("a load that a refresh held waits for that until its first beat", "[attribution]") {
  test::check_cases(4, refresh_faults, refresh_much);
}

TEST_CASE("who has a port alone, one burst at a time, never waits for it; on one port all do", "[attribution]") {
  const auto none = [](const RandomCase&, const Evidence& evidence) {
    return waited(evidence, StallCause::port) > 0 ? std::string("a wait for a port\n") : "";
  };
  const auto some = [](const RandomCase&, const Evidence& evidence) {
    return waited(evidence, StallCause::port) == 0 ? std::string("no wait for the port\n") : "";
  };
  test::check_cases(3, none, [](PlatformConfig& config) {
    share_ports(config.accelerator.interconnect, false);
    config.accelerator.dma.max_outstanding = 1;
  });
  test::check_cases(3, some, [](PlatformConfig& config) {
    share_ports(config.accelerator.interconnect, true);
    config.accelerator.dma.max_outstanding = 8;
  });
}
