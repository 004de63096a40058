#include "simulation/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "models/accelerator/convolution/array_geometry.h"
#include "models/dram/dram_timing.h"
#include "models/platform/frame_energy.h"
#include "simulation/run_stages.h"
#include "workloads/counts.h"

namespace ernsim {

namespace {

double milliseconds(Picoseconds ps) { return static_cast<double>(ps) / 1e9; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

/// From the end of the first frame on, if there are others.
double mean_frame_ms(const RunResult& result) {
  const auto& ends = result.frame_end_ps;
  if (ends.size() > 1) return milliseconds(ends.back() - ends.front()) / static_cast<double>(ends.size() - 1);
  const auto& frames = result.frame_ps;
  if (frames.empty()) return 0;
  const auto first = frames.begin() + (frames.size() > 1 ? 1 : 0);
  const auto total = std::accumulate(first, frames.end(), Picoseconds{0});
  return milliseconds(total) / static_cast<double>(frames.end() - first);
}

LayerReport make_layer_report(const compiler::Layer& layer, const LayerResult& result, const ArraySlots& slots,
                              const PlatformConfig& platform) {
  LayerReport report;
  report.name = layer.name;
  report.kind = compiler::is_further_activation(layer) ? "activation" : fmt::format("conv{0}x{0}", layer.kernel);
  report.stride = layer.stride;
  report.choice = layer.choice;
  report.macs = layer.macs;
  report.start_cycle = result.start_cycle;
  report.end_cycle = result.end_cycle;
  report.cycles = result.cycles;
  report.utilization = utilization(layer.macs, result.cycles, platform.accelerator.convolution);
  report.dram_read_bytes = result.dram_read_bytes;
  report.dram_write_bytes = result.dram_write_bytes;
  report.macs_per_cycle = ratio(static_cast<double>(layer.macs), static_cast<double>(report.cycles));
  report.array_busy_cycles = result.array_busy_cycles;
  report.stalled_cycles = result.convolution_stalled_cycles;
  report.slots = slots;
  report.bound_by = bound_by(slots);
  report.dynamic_energy_mj = layer_energy_mj(platform, result);
  return report;
}

/// What a layer's accumulators can reach, and its sums if it adds to others.
workloads::SumRange sums_of(const compiler::Layer& layer, const RunSubject& subject) {
  workloads::SumRange range;
  for (std::size_t n = 0; n < subject.sum_ranges.size(); ++n)
    if (const std::string& name = subject.graph.nodes[n].name; name == layer.name || name == layer.sums)
      range = hull(range, subject.sum_ranges[n]);
  return range;
}

std::vector<LayerReport> make_layers(const RunSubject& subject, const RunResult& result) {
  const auto slots = array_slots(subject.schedule, subject.platform.accelerator.convolution, result);
  std::vector<LayerReport> layers;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const compiler::Layer& layer = subject.schedule.layers[i];
    layers.push_back(make_layer_report(layer, result.layers.at(i), slots[i], subject.platform));
    if (!subject.sum_ranges.empty()) layers.back().sums = sums_of(layer, subject);
    if (subject.profile) layers.back().traffic = subject.profile->layers.at(i);
  }
  return layers;
}

/// What all layers come to.
void add_up(const RunSubject& subject, const RunResult& result, RunReport& report) {
  report.macs = workloads::macs(subject.graph);
  report.utilization = utilization(report.macs, result.cycles, subject.platform.accelerator.convolution);
  for (const LayerReport& layer : report.layers)
    for (const SlotUse use : each<SlotUse>()) report.slots[use] += layer.slots[use];
}

void add_overflows(const RunSubject& subject, const RunResult& result, RunReport& report) {
  report.accumulator_bits = static_cast<int>(subject.platform.accelerator.memory.accumulator_bits);
  if (subject.data) report.overflows = result.overflows;
  for (const LayerReport& layer : report.layers) {
    if (!layer.sums) continue;
    const int needed = bits_needed(*layer.sums);
    report.accumulator_bits_needed = std::max(report.accumulator_bits_needed.value_or(0), needed);
    if (needed > report.accumulator_bits) report.may_overflow.push_back(layer.name);
  }
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
  report.search = subject.search;
  report.notes = subject.notes;
  report.configuration = parameters(subject.platform);
  report.profile = subject.profile;
  report.digests = subject.digests;
  report.clock_mhz = subject.platform.accelerator.clock_mhz;
  report.frames = subject.frames;
  report.data = subject.data;
}

void describe_nodes(const workloads::Graph& graph, RunReport& report) {
  for (const workloads::Node& node : graph.nodes) {
    NodeReport made{node.name, workloads::name_of(node.kind), {}, node.out.channels, node.out.height, node.out.width};
    for (const int input : node.inputs) made.inputs.push_back(graph.nodes.at(static_cast<std::size_t>(input)).name);
    report.nodes.push_back(std::move(made));
  }
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
  report.fps = ratio(1000, mean_frame_ms(result));
  const auto bytes = static_cast<double>(result.dram.read_bytes + result.dram.write_bytes);
  report.achieved_gb_s = ratio(bytes / 1e6, report.accelerator_ms);
  report.peak_gb_s = dram_peak_gb_s(dram);
}

Roofline make_roofline(const PlatformConfig& platform) {
  const ArrayGeometry geometry = geometry_of(platform.accelerator.convolution);
  const auto block = static_cast<double>(platform.accelerator.convolution.block_channels);
  const auto period_ns = static_cast<double>(platform.accelerator.clock().period_ps) / 1e3;
  return {block * block * geometry.lanes * geometry.cores, block * block * geometry.matrices_at_work(1),
          dram_peak_gb_s(platform.dram) * period_ns,
          1e3 * period_ns / static_cast<double>(platform.accelerator.interconnect.clock().period_ps)};
}

}  // namespace

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
  report.paper_gops = workloads::paper_gops(subject.graph);
  report.layers = make_layers(subject, result);
  report.stages = stages_of(report.layers);
  describe_nodes(subject.graph, report);
  add_up(subject, result, report);
  add_overflows(subject, result, report);
  add_sums(subject.schedule, report);
  report.roofline = make_roofline(subject.platform);
  report.resources = resources_of(subject.platform.accelerator, subject.platform.fpga);
  report.resources_by_part = resources_by_part(subject.platform.accelerator, subject.platform.fpga);
  report.device = device_of(subject.platform.fpga.device);
  report.energy = frame_energy(subject.platform, result);
  report.top5 = top5(result.logits);
  for (const TrafficResult& each : result.traffic)
    if (!each.kept_rate)
      report.notes.push_back(fmt::format("traffic.{} did not keep its rate: {:.0f} of {:.0f} MB/s", each.name,
                                         each.achieved_mb_s, each.rate_mb_s));
  report.result = std::move(result);
  return report;
}

}  // namespace ernsim
