#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "models/dram/dram_timing.h"
#include "simulation/forked.h"
#include "tests/property/attribution.h"
#include "tests/property/traced_case.h"
#include "tests/unit/traces/sample_trace.h"
#include "traces/perfetto.h"
#include "traces/timeline.h"

// What profile, timeline and report show, against commands, bursts and beats.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

/// The bin of a column command: that of the cycle whose end is the first edge not before it.
std::string profile_faults(const RandomCase& chosen, const Evidence& evidence) {
  const RunProfile& profile = *evidence.report.profile;
  const Picoseconds period = chosen.config.accelerator.clock().period_ps;
  std::vector<std::int64_t> read(profile.dram_read_bytes.size()), written(read.size());
  for (const DramCommand& each : evidence.commands) {
    if (!test::reads(each) && !test::writes(each)) continue;
    Cycle edge = 0;  // the first one at or after the command, of the frame
    const Picoseconds at = dram_clock(chosen.config.dram).time_ps(each.at) - evidence.frame_start * period;
    if (at > evidence.result.cycles * period) continue;
    edge = at <= 0 ? 1 : (at + period - 1) / period;
    auto& bins = test::reads(each) ? read : written;
    bins.at(static_cast<std::size_t>((edge - 1) / profile.bin_cycles)) += dram_access_bytes(chosen.config.dram);
  }
  std::string faults;
  for (std::size_t i = 0; i < read.size(); ++i)
    if (read[i] != profile.dram_read_bytes[i] || written[i] != profile.dram_write_bytes[i])
      return fmt::format("bin {}: {} and {} bytes by the commands, {} and {} in the profile\n", i, read[i], written[i],
                         profile.dram_read_bytes[i], profile.dram_write_bytes[i]);
  return faults;
}

/// Each port's beats while the array was at a layer come to the port's cycles, reads and writes apart.
std::string port_faults(const RandomCase&, const Evidence& evidence) {
  std::map<std::pair<std::size_t, bool>, double> beats, booked;
  for (const PortData& each : evidence.port_data)
    beats[{each.port, each.write}] += static_cast<double>(each.end - each.begin);
  for (const LayerTraffic& layer : evidence.report.profile->layers)
    for (std::size_t port = 0; port < port_count; ++port) {
      booked[{port, false}] += layer.read_port_beats[port];
      booked[{port, true}] += layer.write_port_beats[port];
    }
  std::string faults;
  for (const auto& [key, value] : booked)
    if (std::abs(value - beats[key]) > 1e-6 * value)
      faults += fmt::format("port {} {}: {} beats, {} booked\n", key.first, key.second ? "writes" : "reads", beats[key],
                            value);
  return faults;
}

/// Multiply-accumulates by the network's shapes over all multipliers, by the array's parameters.
std::string utilization_faults(const RandomCase& chosen, const Evidence& evidence) {
  const ConvolutionConfig& array = chosen.config.accelerator.convolution;
  const double multipliers =
      static_cast<double>(array.block_channels * array.block_channels * array.lanes * array.cores);
  std::string faults;
  double macs = 0;
  std::size_t layer = 0;
  for (const auto& node : chosen.graph.nodes) {
    if (node.kind != workloads::NodeKind::convolution) continue;
    const auto& in = chosen.graph.nodes.at(static_cast<std::size_t>(node.inputs.at(0))).out;
    const double own = static_cast<double>(std::int64_t{node.kernel} * node.kernel * in.channels * node.out.channels) *
                       node.out.height * node.out.width;
    macs += own;
    for (layer = 0; layer < chosen.schedule.layers.size() && chosen.schedule.layers[layer].name != node.name;) ++layer;
    if (layer == chosen.schedule.layers.size()) continue;
    const LayerReport& report = evidence.report.layers[layer];
    if (std::abs(report.utilization * static_cast<double>(report.cycles) * multipliers - own) > 1e-6 * own)
      faults += fmt::format("{}: utilization {}\n", node.name, report.utilization);
  }
  if (std::abs(evidence.report.utilization * static_cast<double>(evidence.result.cycles) * multipliers - macs) >
      1e-6 * macs)
    faults += fmt::format("utilization {} of the run\n", evidence.report.utilization);
  return faults;
}

/// Slots of a wait are the array's waits for it; those of rows, the cores without one in a step's cycle.
std::string slot_faults(const RandomCase& chosen, const Evidence& evidence) {
  const ConvolutionConfig& array = chosen.config.accelerator.convolution;
  const std::int64_t core = array.block_channels * array.block_channels * array.lanes;
  const auto waits = [&](std::initializer_list<StallCause> causes) {
    Cycle cycles = 0;
    for (const StallCause cause : causes)
      for (const Span& wait : evidence.waits(UnitId::convolution, cause)) cycles += wait.end - wait.begin;
    return cycles * core * array.cores;
  };
  std::map<SlotUse, std::int64_t> expected{
      {SlotUse::weights, waits({StallCause::weights})},
      {SlotUse::activations, waits({StallCause::input, StallCause::external})},
      {SlotUse::banks, waits({StallCause::bank})},
      {SlotUse::residuals, waits({StallCause::thresholds, StallCause::residuals, StallCause::output_buffer})}};
  if (array.lane_mapping == LaneMapping::kernel_columns) {
    std::map<Cycle, std::int64_t> at_work;  // cores, by the words of F that a step writes
    for (const PortBeat& beat : evidence.of(Port::convolution_accumulators_out)) ++at_work[beat.cycle];
    for (const auto& [cycle, cores] : at_work) expected[SlotUse::core_rows] += (array.cores - cores) * core;
  }
  std::string faults;
  for (const auto& [use, slots] : expected)
    if (evidence.report.slots[use] != slots)
      faults += fmt::format("{}: {} slots, {} reported\n", name_of(use), slots, evidence.report.slots[use]);
  return faults;
}

/// Bytes of each interval of the timeline's counter are those of the bursts that were issued in it.
std::string timeline_faults(const RandomCase& chosen) {
  const test::TraceFile file(test::traced_case(chosen));
  const traces::Reader trace(file.path());
  const std::int64_t access = dram_access_bytes(chosen.config.dram);
  std::map<std::pair<Cycle, bool>, double> expected, found;
  traces::for_each_beat(trace, 0, never, [&](const traces::TimedBeat& beat) {
    const std::string port = trace.header().channels[beat.channel].port();
    if (port != "burst" && port != "fetch_burst") return;
    std::uint32_t word = 0;
    std::memcpy(&word, beat.data, sizeof word);
    const std::int64_t begin = beat.address / access, end = (beat.address + (word & 0x7FFFFFFF) + access - 1) / access;
    expected[{beat.cycle / traces::counter_cycles, word >> 31 != 0}] += static_cast<double>((end - begin) * access);
  });
  std::ostringstream out;
  traces::write_perfetto(trace, 0, never, access, out);
  const double us = static_cast<double>(traces::counter_cycles * trace.header().clock_period_ps) / 1e6;
  const auto events = nlohmann::json::parse(out.str())["traceEvents"];
  for (const auto& event : events) {
    if (event["ph"] != "C") continue;
    const auto interval = static_cast<Cycle>(std::llround(event["ts"].get<double>() / us));
    found[{interval, false}] = event["args"]["read"].get<double>() * us;
    found[{interval, true}] = event["args"]["write"].get<double>() * us;
  }
  for (const auto& [key, bytes] : expected)
    if (std::abs(found[key] - bytes) > 0.01)
      return fmt::format("interval {}: {} bytes {}, {} shown\n", key.first, bytes, key.second ? "written" : "read",
                         found[key]);
  for (const auto& [key, bytes] : found)
    if (bytes > 0.01 && expected.count(key) == 0)
      return fmt::format("interval {}: {} bytes too many\n", key.first, bytes);
  return "";
}

}  // namespace

TEST_CASE("the profile books a column command in the cycle that ends with the first edge not before it",
          "[attribution]") {
  // The accelerator's edges are the memory's: many commands come on one.
  test::check_cases(6, profile_faults, [](PlatformConfig& config) { config.accelerator.clock_mhz = 1200.48; });
  test::check_cases(2, profile_faults);
}

TEST_CASE("a layer's port beats add up to the port's, reads and writes apart", "[attribution]") {
  test::check_cases(4, port_faults);
}

TEST_CASE("utilization is the network's multiply-accumulates over all lanes of all cores", "[attribution]") {
  test::check_cases(3, utilization_faults);
  test::check_cases(3, utilization_faults, [](PlatformConfig& config) { config.accelerator.convolution.cores = 3; });
}

TEST_CASE("idle multipliers wait for what the array waits for, or their core has no row", "[attribution]") {
  test::check_cases(4, slot_faults, [](PlatformConfig& config) { config.accelerator.memory.activations_banks = 1; });
  test::check_cases(4, slot_faults, [](PlatformConfig& config) {
    config.accelerator.convolution.cores = 3;
    config.accelerator.convolution.lane_mapping = LaneMapping::kernel_columns;
  });
}

TEST_CASE("the timeline's counter shows the bursts issued in each interval, reads and writes apart", "[attribution]") {
  std::uint64_t seed = 1;
  std::vector<RandomCase> cases;
  while (cases.size() < 4) cases.push_back(test::next_case(seed, [](PlatformConfig&) {}));
  for (const auto& faults : map_forked(cases.size(), 1, [&](std::size_t i) { return timeline_faults(cases[i]); }))
    CHECK(faults == "");
}
