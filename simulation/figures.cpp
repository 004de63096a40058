#include "simulation/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "config/did_you_mean.h"
#include "config/parameter.h"
#include "models/estimates/fpga/devices.h"
#include "output/rounded.h"

namespace ernsim {

namespace {

double number(std::int64_t whole) { return static_cast<double>(whole); }

/// Of what the device has, the share that is taken.
double share(const RunReport& run, double PerResource<double>::*resource) {
  return std::min(shares_of(run.resources, run.device).*resource, none_there);
}

double bits_needed(const RunReport& run) {
  return run.accumulator_bits_needed ? *run.accumulator_bits_needed : std::nan("");
}

double bits_missing(const RunReport& run) {
  return run.accumulator_bits_needed ? std::max(*run.accumulator_bits_needed - run.accumulator_bits, 0) : std::nan("");
}

template <class Get>
double of_traffic(const RunReport& run, Get get) {
  double sum = 0;
  for (const TrafficResult& each : run.result.traffic) sum += get(each);
  return sum;
}

using Run = const RunReport&;
constexpr int whole = 0, ratio = 6, millijoules = 9;  // digits
constexpr bool before = true, behind = false, always = false, perhaps_not = true;

// clang-format off
const std::vector<Figure> table{
    {"cycles", "cycles", "accelerator clock, start command to completion interrupt", "/cycles", whole, behind, always,
     [](Run r) { return number(r.result.cycles); }},
    {"latency_ms", "ms", "of the first frame: accelerator and host", "/latency_ms", ratio, behind, always,
     [](Run r) { return r.latency_ms; }},
    {"fps", "1/s", "frames per second, of frames behind the first if there are any", "/fps", ratio, behind, always,
     [](Run r) { return r.fps; }},
    {"accelerator_ms", "ms", "the accelerator's part of latency_ms", "/accelerator_ms", ratio, behind, always,
     [](Run r) { return r.accelerator_ms; }},
    {"host_ms", "ms", "the host's part of latency_ms: register accesses, interrupt, pooling", "/host_ms", ratio, behind,
     always, [](Run r) { return r.host_ms; }},
    {"dram_read_bytes", "bytes", "read from external memory, instructions included", "/dram/read_bytes", whole, behind,
     always, [](Run r) { return number(r.result.dram.read_bytes); }},
    {"dram_write_bytes", "bytes", "written to external memory", "/dram/write_bytes", whole, behind, always,
     [](Run r) { return number(r.result.dram.write_bytes); }},
    {"utilization", "1", "multiply-accumulates of the network per cycle, of B x B x M x cores", "/utilization", ratio,
     behind, always, [](Run r) { return r.utilization; }},
    {"traffic_read_bytes", "bytes", "read by other users of the memory, together", "", whole, behind, always,
     [](Run r) { return of_traffic(r, [](const TrafficResult& t) { return number(t.read_bytes); }); }},
    {"traffic_write_bytes", "bytes", "written by them", "", whole, behind, always,
     [](Run r) { return of_traffic(r, [](const TrafficResult& t) { return number(t.write_bytes); }); }},
    {"traffic_mb_s", "MB/s", "what they achieved, together", "", ratio, behind, always,
     [](Run r) { return of_traffic(r, [](const TrafficResult& t) { return t.achieved_mb_s; }); }},
    {"traffic_late", "users", "of the memory that did not keep their rate", "", whole, behind, always,
     [](Run r) { return of_traffic(r, [](const TrafficResult& t) { return t.kept_rate ? 0.0 : 1.0; }); }},
    {"lut", "LUTs", "an estimate for array, quantizer and memories", "/resources/lut", whole, before, always,
     [](Run r) { return number(r.resources.lut); }},
    {"ff", "FFs", "an estimate for array and quantizer", "/resources/ff", whole, before, always,
     [](Run r) { return number(r.resources.ff); }},
    {"bram18", "blocks", "of 18 Kbit, counted from depths and widths", "/resources/bram18", whole, before, always,
     [](Run r) { return number(r.resources.bram18); }},
    {"uram", "blocks", "of 288 Kbit, likewise", "/resources/uram", whole, before, always,
     [](Run r) { return number(r.resources.uram); }},
    {"dsp", "slices", "an estimate", "/resources/dsp", whole, before, always, [](Run r) { return number(r.resources.dsp); }},
    {"lut_share", "1", "of the LUTs that the device has", "/device_share/lut", ratio, before, always,
     [](Run r) { return share(r, &PerResource<double>::lut); }},
    {"ff_share", "1", "of its FFs", "/device_share/ff", ratio, before, always,
     [](Run r) { return share(r, &PerResource<double>::ff); }},
    {"bram18_share", "1", "of its block RAM", "/device_share/bram18", ratio, before, always,
     [](Run r) { return share(r, &PerResource<double>::bram18); }},
    {"uram_share", "1", "of its UltraRAM; 1e9 if it has none", "/device_share/uram", ratio, before, always,
     [](Run r) { return share(r, &PerResource<double>::uram); }},
    {"dsp_share", "1", "of its DSP slices", "/device_share/dsp", ratio, before, always,
     [](Run r) { return share(r, &PerResource<double>::dsp); }},
    {"energy_mj", "mJ", "of the first frame, an estimate", "/energy_mj", millijoules, behind, perhaps_not,
     [](Run r) { return rounded_to_nano(r.energy.total_mj()); }},
    {"accumulator_bits_needed", "bits", "so that no sum of the network can overflow, whatever the picture",
     "/accumulator_bits_needed", whole, before, always, bits_needed},
    {"accumulator_bits_missing", "bits", "of those, what memory.accumulator_bits lacks: where it is not 0 results may be wrong",
     "", whole, before, always, bits_missing},
    {"accuracy", "1", "share of labelled pictures that the network gets right (top-1), given or evaluated; of sweeps alone", "", ratio,
     before, perhaps_not, [](Run r) { return r.accuracy.value_or(std::nan("")); }},
};
// clang-format on

}  // namespace

const std::vector<Figure>& figures() { return table; }

const Figure& figure(const std::string& name) {
  std::vector<std::string> names;
  for (const Figure& each : table) {
    if (name == each.name) return each;
    names.emplace_back(each.name);
  }
  throw ConfigError(
      fmt::format("{:.50}: no such figure{}; there are {}", name, did_you_mean(name, names), listed(names)));
}

RunReport report_before(const PlatformConfig& platform, int accumulator_bits_needed) {
  RunReport report;
  report.resources = resources_of(platform.accelerator, platform.fpga);
  report.device = device_of(platform.fpga.device);
  report.accumulator_bits = static_cast<int>(platform.accelerator.memory.accumulator_bits);
  report.accumulator_bits_needed = accumulator_bits_needed;
  return report;
}

}  // namespace ernsim
