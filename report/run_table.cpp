#include "report/run_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "output/colour.h"
#include "output/text_table.h"
#include "simulation/run_words.h"

namespace ernsim {

namespace {

std::string percent(double part, double whole) { return fmt::format("{:.1f}%", whole > 0 ? 100 * part / whole : 0); }

std::string percent(Cycle part, Cycle whole) { return percent(static_cast<double>(part), static_cast<double>(whole)); }

/// Which of the schedules that were tried was taken; empty if there was one.
std::string search_text(const ScheduleSearch& search) {
  return search.tried.empty() ? "" : fmt::format("schedule     {}\n", choice_text(search));
}

/// What did, and what can.
std::string overflow_text(const RunReport& r) {
  std::string text = !r.overflows ? "not checked" : grouped(*r.overflows);
  if (r.overflows.value_or(0) != 0) text += styled(Style::error, ", results are wrong");
  if (!r.accumulator_bits_needed) return text;
  std::int64_t largest = 0;
  for (const LayerReport& layer : r.layers) largest = std::max(largest, workloads::largest_magnitude(*layer.sums));
  text += fmt::format("; sums reach {} with these weights, {} bits of {}: ", grouped(largest),
                      *r.accumulator_bits_needed, r.accumulator_bits);
  if (r.may_overflow.empty()) return text + "cannot overflow";
  if (r.may_overflow.size() == r.layers.size()) return text + "may overflow in every layer";
  return text + fmt::format("may overflow in {}", fmt::join(r.may_overflow, ", "));
}

/// What most of the array's time went to, the largest part first.
std::string array_text(const RunReport& r) {
  const std::string limits = limits_text(r);
  return fmt::format("{} of its multiplier-cycles used{}", percent(r.utilization, 1),
                     limits.empty() ? "" : "; idle: " + limits);
}

std::string energy_text(const Energy& e) {
  const auto mj = [](double value) { return std::isnan(value) ? "not known" : fmt::format("{:.3f}", value); };
  return fmt::format("{}, estimate: logic {}, on-chip memories {}, DRAM {}, idle power {}",
                     std::isnan(e.total_mj()) ? "not known" : mj(e.total_mj()) + " mJ",
                     mj(e.group_mj(EnergyGroup::logic)), mj(e.group_mj(EnergyGroup::on_chip_memory)),
                     mj(e.group_mj(EnergyGroup::dram)), mj(e.group_mj(EnergyGroup::idle)));
}

/// A line for each other user of the memory.
std::string traffic_text(const RunReport& r) {
  std::string text;
  for (const TrafficResult& each : r.result.traffic)
    text += fmt::format("{:13}{}: {:.0f} of {:.0f} MB/s, {}; {} bytes read, {} written\n",
                        text.empty() ? "traffic" : "", each.name, each.achieved_mb_s, each.rate_mb_s,
                        each.kept_rate ? "kept" : "not kept", grouped(each.read_bytes), grouped(each.write_bytes));
  return text;
}

std::string fit_text(const RunReport& r) {
  const std::string text = device_text(r.resources, r.device);
  return fits(r.resources, r.device) ? text : styled(Style::error, text);
}

std::string headline(const RunReport& r) {
  std::string text = fmt::format("network      {}, {} stem, thermometer {}\n", r.network, r.stem, r.thermometer);
  text += fmt::format("input        {}x{}{}\n", r.input_height, r.input_width, r.data ? "" : ", timing only");
  text += fmt::format("platform     {}, {:.6g} MHz\n", r.platform, r.clock_mhz);
  for (const auto& setting : r.settings) text += fmt::format("             {}\n", setting);
  text += fmt::format("work         {} MACs, {:.2f} GOPs as the paper counts, {} bytes of weights\n", grouped(r.macs),
                      r.paper_gops, grouped(r.weight_bytes));
  text += fmt::format("cycles       {}\n", grouped(r.result.cycles));
  text += search_text(r.search);
  text += fmt::format("latency      {:.3f} ms: accelerator {:.3f}, host {:.3f}\n", r.latency_ms, r.accelerator_ms,
                      r.host_ms);
  text += fmt::format("throughput   {:.1f} FPS over {} frame{}\n", r.fps, r.frames, r.frames == 1 ? "" : "s");
  text += fmt::format("array        {}\n", array_text(r));
  text += fmt::format("DRAM         {:.2f} GB/s of {:.1f}: {} bytes read, {} written\n", r.achieved_gb_s, r.peak_gb_s,
                      grouped(r.result.dram.read_bytes), grouped(r.result.dram.write_bytes));
  text += traffic_text(r);
  const double packed =
      r.sum_bytes_unpacked == 0 ? 1 : static_cast<double>(r.sum_bytes) / static_cast<double>(r.sum_bytes_unpacked);
  text += fmt::format("residuals    {} bytes of sums in external memory, {:.2f} of what 16 bits each would take\n",
                      grouped(r.sum_bytes), packed);
  text += fmt::format("resources    {} LUT, {} FF, {} BRAM18, {} URAM, {} DSP\n", grouped(r.resources.lut),
                      grouped(r.resources.ff), r.resources.bram18, r.resources.uram, r.resources.dsp);
  text += fmt::format("             without LUT and FF of {}\n", fmt::join(uncounted_logic, ", "));
  text += fmt::format("             {}\n", fit_text(r));
  text += fmt::format("energy       {}\n", energy_text(r.energy));
  text += fmt::format("overflows    {}\n", overflow_text(r));
  return text;
}

std::string layer_table(const RunReport& report) {
  TextTable table({"layer", "kind", "cycles", "util", "read bytes", "written bytes", "bound by", "choice"});
  for (const auto& layer : report.layers)
    table.add({layer.name, layer.stride == 1 ? layer.kind : fmt::format("{} s{}", layer.kind, layer.stride),
               grouped(layer.cycles), percent(layer.utilization, 1), grouped(layer.dram_read_bytes),
               grouped(layer.dram_write_bytes), layer.bound_by, layer.choice});
  return table.text();
}

std::string unit_table(const RunReport& report) {
  TextTable table({"unit", "busy", "stalled", "idle", "most stalled by"});
  for (const UnitId id : each<UnitId>()) {
    const auto& unit = report.result.units[id];
    const auto& stalls = unit.stalled_cycles;
    const auto worst = std::max_element(stalls.begin(), stalls.end());
    const Cycle stalled = std::accumulate(stalls.begin(), stalls.end(), Cycle{0});
    const Cycle total = unit.busy_cycles + stalled + unit.idle_cycles;
    const auto cause = static_cast<StallCause>(worst - stalls.begin());
    table.add({name_of(id), percent(unit.busy_cycles, total), percent(stalled, total), percent(unit.idle_cycles, total),
               *worst == 0 ? "-" : fmt::format("{} {}", name_of(cause), percent(*worst, total))});
  }
  return table.text();
}

std::string class_table(const RunReport& report) {
  TextTable table({"class", "logit"});
  for (const auto& [number, logit] : report.top5) table.add({std::to_string(number), fmt::format("{:.4f}", logit)});
  return table.text();
}

}  // namespace

std::string to_table(const RunReport& report) {
  std::string text = headline(report) + '\n' + layer_table(report) + '\n' + unit_table(report);
  if (!report.top5.empty()) text += '\n' + class_table(report);
  if (!fits(report.resources, report.device))
    text += fmt::format("\nThis design is {}; --require-fit refuses such a one.\n", fit_text(report));
  return text;
}

}  // namespace ernsim
