#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "compiler/program.h"
#include "models/platform/run.h"
#include "simulation/forked.h"
#include "tests/property/random_case.h"
#include "workloads/folding.h"

// Random networks and platforms, timing only: what passes a port in a time is no more than its width and clock allow,
// whoever shares it, of reads and of writes.

using namespace ernsim;

namespace {

/// Bytes that the DMA engines and the fetch ask for, by direction, from the addresses of bursts that they issue.
struct Asked : PortObserver {
  explicit Asked(std::int64_t width_bytes) : width(static_cast<std::uint32_t>(width_bytes)) {}

  void beats(const PortBeats& beats) override {
    if (beats.port < Port::load_activations_burst || beats.port > Port::fetch_burst) return;
    const auto* words = static_cast<const std::uint8_t*>(beats.data);
    for (std::size_t i = 0; i < beats.count; ++i) {
      std::uint32_t word = 0;
      std::copy_n(words + i * sizeof word, sizeof word, reinterpret_cast<std::uint8_t*>(&word));
      const std::uint32_t bytes = word & 0x7FFFFFFF,
                          address = beats.addresses != nullptr ? beats.addresses[i] : beats.first_address;
      of[word >> 31] += (address + bytes - 1) / width - address / width + 1;
    }
  }

  std::uint32_t width;
  std::int64_t of[2] = {0, 0};  ///< beats, [write]
};

struct Passed : PortDataObserver {
  std::map<std::pair<std::size_t, bool>, std::vector<PortData>> channels;

  void port_data(const PortData& data) override { channels[{data.port, data.write}].push_back(data); }
  std::int64_t beats(bool write) const {
    std::int64_t sum = 0;
    for (const auto& [channel, list] : channels)
      for (const PortData& each : list) sum += channel.second == write ? each.end - each.begin : 0;
    return sum;
  }
};

/// Beats that the channel has passed by the end of cycles 0 to `last`, counted one by one.
std::vector<std::int64_t> beats_by_cycle(const std::vector<PortData>& list) {
  Cycle last = 0;
  for (const PortData& each : list) last = std::max(last, each.end);
  std::vector<std::int64_t> passed(static_cast<std::size_t>(last) + 1);
  for (const PortData& each : list)
    for (Cycle cycle = each.begin; cycle < each.end; ++cycle) ++passed[static_cast<std::size_t>(cycle)];
  return passed;
}

/// The most bytes over what width x clock allows, of all times from one beat's beginning to another one's end: the
/// largest sum of (beats - 1) over consecutive cycles.
std::int64_t excess_beats(const std::vector<PortData>& list) {
  std::int64_t worst = 0, here = 0;
  for (const std::int64_t beats : beats_by_cycle(list)) {
    here = std::max<std::int64_t>(here + beats - 1, 0);
    worst = std::max(worst, here);
  }
  return worst;
}

std::string outcome_of(std::uint64_t seed) {
  test::RandomCase chosen(seed);
  try {
    validate(chosen.config);
    chosen.schedule = compiler::compile(chosen.graph, chosen.config);
  } catch (const ConfigError&) {
    return "refused";
  } catch (const compiler::CompileError&) {
    return "refused";
  }
  const auto& ports = chosen.config.accelerator.interconnect;
  Asked asked(ports.port_width_bytes);
  Passed passed;
  RunOptions options;
  options.data = false;
  options.ports = &asked;
  options.port_data = &passed;
  const auto network = workloads::without_weights(chosen.graph);
  run_platform(chosen.config, compiler::make_program(chosen.schedule, network, {}, chosen.config, false), options);
  std::string faults;
  for (const auto& [channel, list] : passed.channels) {
    if (channel.first >= static_cast<std::size_t>(ports.ports)) faults += "a port that is not there; ";
    if (const auto excess = excess_beats(list); excess > 0)
      faults +=
          fmt::format("port {} {}: {} beats too many; ", channel.first, channel.second ? "write" : "read", excess);
  }
  for (const bool write : {false, true})
    if (passed.beats(write) != asked.of[write])
      faults += fmt::format("{} beats of {} passed; ", passed.beats(write), asked.of[write]);
  return faults.empty() ? "fine" : faults + chosen.description();
}

}  // namespace

TEST_CASE("in no stretch of time does a port pass more than width times clock, and all that was asked for passes") {
  const auto outcomes = map_forked(60, 1, [](std::size_t i) { return outcome_of(3000 + i); });
  std::size_t fine = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    INFO("seed " << 3000 + i << ": " << outcomes[i]);
    CHECK((outcomes[i] == "fine" || outcomes[i] == "refused"));
    fine += outcomes[i] == "fine" ? 1 : 0;
  }
  CHECK(fine >= 30);
}
