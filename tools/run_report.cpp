#include "tools/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "models/convolution/array_geometry.h"
#include "models/dram/dram_timing.h"
#include "workloads/counts.h"

namespace ernsim::tools {

namespace {

double milliseconds(Picoseconds ps) { return static_cast<double>(ps) / 1e9; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

double mean_frame_ms(const std::vector<Picoseconds>& frames) {
  if (frames.empty()) return 0;
  const auto first = frames.begin() + (frames.size() > 1 ? 1 : 0);
  const auto total = std::accumulate(first, frames.end(), Picoseconds{0});
  return milliseconds(total) / static_cast<double>(frames.end() - first);
}

/// The resource behind each reason for the convolution unit to stand still. Space in F comes free when the quantization
/// unit is done, and that one waits for residuals going in or sums and codes going out.
const char* resource_of(StallCause cause) {
  switch (cause) {
    case StallCause::weights:
      return "weights";
    case StallCause::input:
    case StallCause::external:
      return "activations";
    case StallCause::thresholds:
    case StallCause::accumulators:
    case StallCause::residuals:
    case StallCause::output_buffer:
      return "residuals";
    case StallCause::none:
    case StallCause::instructions:
    case StallCause::memory:
    case StallCause::port:
    case StallCause::row_miss:
    case StallCause::turnaround:
    case StallCause::refresh:
      break;
  }
  return "latency";
}

LayerReport make_layer_report(const compiler::Layer& layer, const LayerResult& result, double macs_per_cycle,
                              const EnergyConfig& prices) {
  LayerReport report;
  report.name = layer.name;
  report.kind = fmt::format("conv{0}x{0}", layer.kernel);
  report.stride = layer.stride;
  report.choice = layer.choice;
  report.macs = layer.macs;
  report.start_cycle = result.start_cycle;
  report.end_cycle = result.end_cycle;
  report.cycles = result.cycles;
  report.utilization = ratio(static_cast<double>(layer.macs), static_cast<double>(report.cycles) * macs_per_cycle);
  report.dram_read_bytes = result.dram_read_bytes;
  report.dram_write_bytes = result.dram_write_bytes;
  report.macs_per_cycle = ratio(static_cast<double>(layer.macs), static_cast<double>(report.cycles));
  if (const auto bytes = result.dram_read_bytes + result.dram_write_bytes; bytes != 0)
    report.macs_per_dram_byte = static_cast<double>(layer.macs) / static_cast<double>(bytes);
  report.array_busy_cycles = result.array_busy_cycles;
  report.stalled_cycles = result.convolution_stalled_cycles;
  report.dynamic_energy_mj = dynamic_energy_mj(prices, result.work, result.dram_read_bytes, result.dram_write_bytes);
  report.bound_by = bound_by(result);
  return report;
}

std::vector<LayerReport> make_layers(const RunSubject& subject, const RunResult& result) {
  const auto& array = subject.platform.accelerator.convolution;
  const auto macs_per_cycle =
      static_cast<double>(array.block_channels * array.block_channels * array.lanes * array.cores);
  std::vector<LayerReport> layers;
  for (std::size_t i = 0; i < subject.schedule.layers.size(); ++i)
    layers.push_back(
        make_layer_report(subject.schedule.layers[i], result.layers.at(i), macs_per_cycle, subject.platform.energy));
  return layers;
}

void describe_subject(const RunSubject& subject, RunReport& report) {
  report.network = subject.graph.network;
  report.stem = subject.graph.stem;
  report.input_height = subject.graph.input_height;
  report.input_width = subject.graph.input_width;
  report.thermometer = subject.graph.thermometer;
  report.platform = subject.platform.name;
  report.settings = subject.settings;
  report.command = subject.command;
  report.configuration = parameters(subject.platform);
  report.profile = subject.profile;
  report.clock_mhz = subject.platform.accelerator.clock_mhz;
  report.frames = subject.frames;
  report.data = subject.data;
}

/// How much the sums that are added later take in external memory.
void add_sums(const compiler::Schedule& schedule, RunReport& report) {
  const auto block = static_cast<std::int64_t>(schedule.block_channels);
  for (const auto& region : schedule.regions) {
    if (region.kind != compiler::RegionKind::sums) continue;
    report.sum_bytes += region.bytes;
    report.sum_bytes_unpacked +=
        std::int64_t{region.height} * region.width * ((region.channels + block - 1) / block) * block * 2;
  }
}

void derive_times(const RunResult& result, const DramConfig& dram, RunReport& report) {
  report.accelerator_ms = milliseconds(result.accelerator_ps);
  report.host_ms = milliseconds(result.host_ps);
  report.latency_ms = report.accelerator_ms + report.host_ms;
  report.fps = ratio(1000, mean_frame_ms(result.frame_ps));
  const auto bytes = static_cast<double>(result.dram.read_bytes + result.dram.write_bytes);
  report.achieved_gb_s = ratio(bytes / 1e6, report.accelerator_ms);
  report.peak_gb_s = dram_peak_gb_s(dram);
}

Roofline make_roofline(const PlatformConfig& platform) {
  const ArrayGeometry geometry = geometry_of(platform.accelerator.convolution);
  const auto block = static_cast<double>(platform.accelerator.convolution.block_channels);
  const auto period_ns = static_cast<double>(platform.accelerator.clock().period_ps) / 1e3;
  return {block * block * geometry.lanes * geometry.cores, block * block * geometry.matrices_at_work(1),
          dram_peak_gb_s(platform.dram) * period_ns};
}

}  // namespace

std::string bound_by(const LayerResult& layer) {
  const Cycle cycles = layer.cycles;
  if (10 * layer.array_busy_cycles >= 9 * cycles && cycles > 0) return "compute";
  const std::array<std::string, 4> names{"weights", "activations", "residuals", "latency"};
  std::array<Cycle, 4> share{};
  Cycle rest = cycles - layer.array_busy_cycles;
  for (std::size_t cause = 0; cause < stall_cause_count; ++cause) {
    const auto name = std::find(names.begin(), names.end(), resource_of(static_cast<StallCause>(cause)));
    share[static_cast<std::size_t>(name - names.begin())] += layer.convolution_stalled_cycles[cause];
    rest -= layer.convolution_stalled_cycles[cause];
  }
  share.back() += std::max<Cycle>(rest, 0);  // pipeline fill and drain, other units finishing
  return names[static_cast<std::size_t>(std::max_element(share.begin(), share.end()) - share.begin())];
}

std::vector<ClassLogit> top5(const std::vector<float>& logits) {
  std::vector<ClassLogit> classes;
  for (float logit : logits) classes.push_back({static_cast<int>(classes.size()), logit});
  std::stable_sort(classes.begin(), classes.end(), [](const auto& a, const auto& b) { return a.logit > b.logit; });
  classes.resize(std::min<std::size_t>(classes.size(), 5));
  return classes;
}

RunReport make_run_report(const RunSubject& subject, RunResult result) {
  RunReport report;
  describe_subject(subject, report);
  derive_times(result, subject.platform.dram, report);
  report.weight_bytes = workloads::weight_bits(subject.graph) / 8;
  report.macs = workloads::macs(subject.graph);
  report.paper_gops = workloads::paper_gops(subject.graph);
  report.layers = make_layers(subject, result);
  add_sums(subject.schedule, report);
  report.roofline = make_roofline(subject.platform);
  report.resources = resources_of(subject.platform.accelerator);
  report.resources_by_part = resources_by_part(subject.platform.accelerator);
  report.device = device_of(subject.platform.accelerator.fpga.device);
  report.energy = estimate_energy(subject.platform.energy, activity_of(result));
  report.top5 = top5(result.logits);
  report.result = std::move(result);
  return report;
}

}  // namespace ernsim::tools
