#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <numeric>

#include "compiler/program.h"
#include "simulation/forked.h"
#include "simulation/profile_recorder.h"
#include "simulation/run_report.h"
#include "tests/property/random_case.h"
#include "workloads/folding.h"

// Random networks and platforms, timing only: every multiplier-cycle has one name, and no layer is above its roofs.

using namespace ernsim;

namespace {

struct Profiled {
  RunResult result;
  RunReport report;
};

Profiled run(const test::RandomCase& chosen, const compiler::Schedule& schedule) {
  ProfileRecorder recorder(schedule, chosen.config);
  RunOptions options;
  options.data = false;
  options.profile = &recorder;
  options.dram_commands = &recorder;
  options.port_data = &recorder;
  const auto network = workloads::without_weights(chosen.graph);
  const auto program = compiler::make_program(schedule, network, {}, chosen.config, false);
  const RunResult result = run_platform(chosen.config, program, options);
  RunSubject subject{chosen.graph, chosen.config, schedule, {}, 1, false};
  subject.profile = recorder.profile();
  return {result, make_run_report(subject, result)};
}

std::int64_t sum(const ArraySlots& slots) { return std::accumulate(slots.begin(), slots.end(), std::int64_t{0}); }

/// What is wrong with the account of a layer; empty if nothing is.
std::string fault_of(const LayerReport& layer, const Roofline& roof) {
  const auto multipliers = static_cast<std::int64_t>(roof.peak_macs_per_cycle);
  std::string faults;
  if (sum(layer.slots) != layer.cycles * multipliers) faults += "slots do not add up; ";
  for (const SlotUse use : each<SlotUse>())
    if (layer.slots[use] < 0) faults += fmt::format("{} {}; ", name_of(use), layer.slots[use]);
  const double peak = layer.kind == "conv1x1" ? roof.peak_macs_per_cycle_1x1 : roof.peak_macs_per_cycle;
  if (layer.macs_per_cycle > peak) faults += "above the array's roof; ";
  const auto cycles = static_cast<double>(layer.cycles);
  if (layer.traffic->dram_bytes > cycles * roof.peak_dram_bytes_per_cycle * (1 + 1e-9))
    faults += "above the memory's roof; ";
  for (const auto* beats : {&layer.traffic->read_port_beats, &layer.traffic->write_port_beats})
    for (const double each : *beats)
      if (each > cycles * roof.peak_port_beats_per_cycle * (1 + 1e-9)) faults += "above a port's roof; ";
  return faults.empty() ? "" : layer.name + ": " + faults;
}

std::string fault_of(const Profiled& run) {
  std::string faults;
  double dram_bytes = 0;
  Cycle cycles = 0;
  for (const LayerReport& layer : run.report.layers) {
    faults += fault_of(layer, run.report.roofline);
    dram_bytes += layer.traffic->dram_bytes;
    cycles += layer.cycles;
  }
  if (cycles != run.result.cycles) faults += "cycles do not add up; ";
  const auto moved = static_cast<double>(run.result.dram.read_bytes + run.result.dram.write_bytes);
  if (std::abs(dram_bytes - moved) > 1e-6 * moved) faults += fmt::format("bytes {} of {}; ", dram_bytes, moved);
  if (sum(run.report.slots) != static_cast<std::int64_t>(run.report.roofline.peak_macs_per_cycle) * run.result.cycles)
    faults += "the run's slots do not add up; ";
  return faults;
}

std::string outcome_of(std::uint64_t seed) {
  test::RandomCase chosen(seed);
  compiler::Schedule schedule;
  try {
    validate(chosen.config);
    schedule = compiler::compile(chosen.graph, chosen.config);
  } catch (const ConfigError&) {
    return "refused";
  } catch (const compiler::CompileError&) {
    return "refused";
  }
  const std::string fault = fault_of(run(chosen, schedule));
  return fault.empty() ? "fine" : fault + chosen.description();
}

}  // namespace

TEST_CASE("every multiplier-cycle is accounted for and no layer is above a roof, on random platforms") {
  const auto outcomes = map_forked(60, 1, [](std::size_t i) { return outcome_of(1000 + i); });
  std::size_t fine = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    INFO("seed " << 1000 + i << ": " << outcomes[i]);
    CHECK((outcomes[i] == "fine" || outcomes[i] == "refused"));
    fine += outcomes[i] == "fine" ? 1 : 0;
  }
  CHECK(fine >= 30);
}
