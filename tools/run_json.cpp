#include "tools/run_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace ernsim::tools {

namespace {

using Json = nlohmann::ordered_json;

/// A ratio with six digits after the point: more would only show the order of floating-point operations.
double rounded(double value) { return std::round(value * 1e6) / 1e6; }

Json dram_json(const RunReport& report) {
  const auto& dram = report.result.dram;
  return {{"read_bytes", dram.read_bytes},
          {"write_bytes", dram.write_bytes},
          {"achieved_gb_s", rounded(report.achieved_gb_s)},
          {"peak_gb_s", rounded(report.peak_gb_s)},
          {"row_hits", dram.row_hits},
          {"row_misses", dram.row_misses},
          {"row_conflicts", dram.row_conflicts},
          {"refreshes", dram.refreshes},
          {"activates", dram.activates},
          {"precharges", dram.precharges},
          {"turnarounds", dram.turnarounds}};
}

Json stalls_json(const std::array<Cycle, stall_cause_count>& stalled) {
  Json stalls = Json::object();
  for (std::size_t cause = 1; cause < stall_cause_count; ++cause)
    stalls[name_of(static_cast<StallCause>(cause))] = stalled[cause];
  return stalls;
}

Json unit_json(const UnitStatistics& unit) {
  return {{"busy_cycles", unit.busy_cycles},
          {"stall_cycles", stalls_json(unit.stalled_cycles)},
          {"idle_cycles", unit.idle_cycles},
          {"instructions", unit.instructions}};
}

Json units_json(const RunReport& report) {
  Json units = Json::object();
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    units[name_of(static_cast<UnitId>(unit))] = unit_json(report.result.units[unit]);
  return units;
}

Json layer_json(const LayerReport& layer) {
  return {{"name", layer.name},
          {"kind", layer.kind},
          {"stride", layer.stride},
          {"choice", layer.choice},
          {"macs", layer.macs},
          {"start_cycle", layer.start_cycle},
          {"end_cycle", layer.end_cycle},
          {"cycles", layer.cycles},
          {"utilization", rounded(layer.utilization)},
          {"dram_read_bytes", layer.dram_read_bytes},
          {"dram_write_bytes", layer.dram_write_bytes},
          {"array_busy_cycles", layer.array_busy_cycles},
          {"array_stall_cycles", stalls_json(layer.stalled_cycles)},
          {"bound_by", layer.bound_by}};
}

Json layers_json(const RunReport& report) {
  Json layers = Json::array();
  for (const auto& layer : report.layers) layers.push_back(layer_json(layer));
  return layers;
}

Json top5_json(const RunReport& report) {
  Json classes = Json::array();
  for (const auto& [number, logit] : report.top5)
    classes.push_back({{"class", number}, {"logit", rounded(static_cast<double>(logit))}});
  return classes;
}

void add_subject(const RunReport& report, Json& json) {
  json["network"] = report.network;
  json["input_size"] = {report.input_height, report.input_width};
  json["stem"] = report.stem;
  json["thermometer"] = report.thermometer;
  json["platform"] = report.platform;
  json["settings"] = report.settings;
  json["data"] = report.data;
  json["frames"] = report.frames;
}

void add_headline(const RunReport& report, Json& json) {
  json["clock_mhz"] = rounded(report.clock_mhz);
  json["cycles"] = report.result.cycles;
  json["latency_ms"] = rounded(report.latency_ms);
  json["fps"] = rounded(report.fps);
  json["host_ms"] = rounded(report.host_ms);
  json["accelerator_ms"] = rounded(report.accelerator_ms);
  json["weight_bytes"] = report.weight_bytes;
  json["instruction_bytes"] = report.result.instruction_bytes;
  json["macs"] = report.macs;
  json["paper_gops"] = rounded(report.paper_gops);
}

double ratio_of_sums(const RunReport& report) {
  return report.sum_bytes_unpacked == 0
             ? 1
             : static_cast<double>(report.sum_bytes) / static_cast<double>(report.sum_bytes_unpacked);
}

}  // namespace

std::string to_json(const RunReport& report) {
  Json json;
  add_subject(report, json);
  add_headline(report, json);
  json["dram"] = dram_json(report);
  json["units"] = units_json(report);
  json["layers"] = layers_json(report);
  json["residual_sums"] = {{"bytes", report.sum_bytes},
                           {"unpacked_bytes", report.sum_bytes_unpacked},
                           {"ratio", rounded(ratio_of_sums(report))}};
  const Resources& r = report.resources;
  json["resources"] = {{"lut", r.lut}, {"ff", r.ff}, {"bram18", r.bram18}, {"uram", r.uram}, {"dsp", r.dsp}};
  json["top5"] = top5_json(report);
  json["overflows"] = report.result.overflows;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ernsim::tools
