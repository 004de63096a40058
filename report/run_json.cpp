#include "report/run_json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "output/json_text.h"
#include "output/rounded.h"
#include "report/figure_json.h"
#include "report/layers_json.h"
#include "report/profile_json.h"
#include "report/program_commit.h"
#include "simulation/run_words.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;

/// What others than the accelerator moved on the DRAM's bus.
PortBytes traffic_bytes(const RunReport& report) {
  PortBytes bytes;
  for (const TrafficResult& each : report.result.traffic) {
    bytes.read += each.read_bytes;
    bytes.write += each.write_bytes;
  }
  return bytes;
}

Json dram_json(const RunReport& report) {
  const auto& dram = report.result.dram;
  const PortBytes others = traffic_bytes(report);
  return {{"read_bytes", figure_json(report, "dram_read_bytes")},
          {"write_bytes", figure_json(report, "dram_write_bytes")},
          {"accelerator_read_bytes", dram.read_bytes - others.read},
          {"accelerator_write_bytes", dram.write_bytes - others.write},
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

Json traffic_source_json(const TrafficResult& source) {
  return {{"name", source.name},
          {"rate_mb_s", rounded(source.rate_mb_s)},
          {"achieved_mb_s", rounded(source.achieved_mb_s)},
          {"kept_rate", source.kept_rate},
          {"late_bursts", source.late_bursts},
          {"longest_us", rounded(static_cast<double>(source.latest_ps) / 1e6)},
          {"read_bytes", source.read_bytes},
          {"write_bytes", source.write_bytes}};
}

/// Who else used the memory during the frame.
Json other_traffic_json(const RunReport& report) {
  Json sources = Json::array();
  for (const TrafficResult& each : report.result.traffic) sources.push_back(traffic_source_json(each));
  return sources;
}

Json unit_json(const UnitStatistics& unit, Cycle cycles) {
  const auto share = [cycles](Cycle part) {
    return cycles == 0 ? 0 : rounded(static_cast<double>(part) / static_cast<double>(cycles));
  };
  const Cycle stalled = std::accumulate(unit.stalled_cycles.begin(), unit.stalled_cycles.end(), Cycle{0});
  return {{"busy_share", share(unit.busy_cycles)},
          {"stalled_share", share(stalled)},
          {"idle_share", share(unit.idle_cycles)},
          {"busy_cycles", unit.busy_cycles},
          {"stall_cycles", stalls_json(unit.stalled_cycles)},
          {"idle_cycles", unit.idle_cycles},
          {"on_chip_read_bytes", unit.work.read_bytes},
          {"on_chip_write_bytes", unit.work.write_bytes},
          {"instructions", unit.instructions}};
}

Json units_json(const RunReport& report) {
  Json units = Json::object();
  for (const UnitId unit : each<UnitId>())
    units[name_of(unit)] = unit_json(report.result.units[unit], report.result.cycles);
  return units;
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json top5_json(const RunReport& report) {
  Json classes = Json::array();
  for (const auto& [number, logit] : report.top5)
    classes.push_back({{"class", number}, {"logit", rounded(static_cast<double>(logit))}});
  return classes;
}

Json digests_json(const RunDigests& digests) {
  return {{"network", digests.network},
          {"weights", digests.weights.empty() ? Json() : Json(digests.weights)},
          {"platform", digests.platform}};
}

void add_subject(const RunReport& report, Json& json) {
  json["version"] = ERNSIM_VERSION;
  const std::string commit = program_commit();
  json["commit"] = commit.empty() ? Json() : Json(commit);
  json["network"] = report.network;
  json["input_size"] = {report.input_height, report.input_width};
  json["stem"] = report.stem;
  json["thermometer"] = report.thermometer;
  json["platform"] = report.platform;
  json["settings"] = report.settings;
  json["command"] = report.command;
  json["digests"] = digests_json(report.digests);
  json["finding"] = finding_text(report);
  json["notes"] = report.notes;
  json["data"] = report.data;
  json["frames"] = report.frames;
}

void add_headline(const RunReport& report, Json& json) {
  json["clock_mhz"] = rounded(report.clock_mhz);
  for (const char* name : {"cycles", "latency_ms", "fps", "host_ms"}) json[name] = figure_json(report, name);
  Json frames = Json::array();
  for (const Picoseconds frame : report.result.frame_ps) frames.push_back(rounded(static_cast<double>(frame) / 1e9));
  json["frame_latency_ms"] = frames;
  json["accelerator_ms"] = figure_json(report, "accelerator_ms");
  json["weight_bytes"] = report.weight_bytes;
  json["instruction_bytes"] = report.result.instruction_bytes;
  json["macs"] = report.macs;
  json["paper_gops"] = rounded(report.paper_gops);
  json["utilization"] = figure_json(report, "utilization");
  json["array_slots"] = slots_json(report.slots);
  json["array_shares"] = slot_shares_json(report.slots);
  json["energy_mj"] = figure_json(report, "energy_mj");
}

Json resources_json(const Resources& r) {
  Json json = Json::object();
  visit_resources(r, [&json](const char* name, std::int64_t amount) { json[name] = amount; });
  return json;
}

/// A share of what a device has; null if it has none of it.
Json share_json(double share) { return std::isfinite(share) ? Json(rounded(share)) : Json(); }

Json parts_json(const std::vector<PartResources>& parts) {
  Json json = Json::object();
  for (const PartResources& part : parts) json[part.name] = resources_json(part.used);
  return json;
}

Json device_json(const FpgaDevice& device) {
  Json json{{"name", device.name}};
  json.update(resources_json(device.has));
  return json;
}

Json devices_json(const Resources& used) {
  Json json = Json::array();
  for (const FpgaDevice& device : devices) {
    Json each = device_json(device);
    each["source"] = device.source;
    each["largest_share"] = share_json(share_of(used, device));
    each["fits"] = fits(used, device);
    json.push_back(each);
  }
  return json;
}

void add_resources(const RunReport& report, Json& json) {
  json["resources"] = resources_json(report.resources);
  json["resources_by_part"] = parts_json(report.resources_by_part);
  json["resources_not_counted"] = uncounted_logic;
  json["device"] = device_json(report.device);
  Json shares = Json::object();
  visit_resources(shares_of(report.resources, report.device),
                  [&shares](const char* name, double share) { shares[name] = share_json(share); });
  json["device_share"] = shares;
  json["devices"] = devices_json(report.resources);
}

/// Without a fraction if it has none.
Json count_json(double count) {
  const auto whole = static_cast<std::int64_t>(count);
  return static_cast<double>(whole) == count ? Json(whole) : Json(rounded(count));
}

Json energy_part_json(const EnergyPart& part, double total_mj) {
  return {{"count", count_json(part.count)},
          {"counted", part.counted},
          {"pj_per_one", part.pj_per_one},
          {"energy_mj", rounded_to_nano(part.energy_mj())},
          {"share", total_mj == 0 ? 0 : rounded(part.energy_mj() / total_mj)}};
}

/// The parts of energy_mj, by the names of their parameters.
Json energy_json(const RunReport& report) {
  const double total_mj = report.energy.total_mj();
  Json parts = Json::object();
  for (const EnergyPart& part : report.energy.parts) parts[part.name] = energy_part_json(part, total_mj);
  return {{"estimate", true},
          {"average_mw", report.latency_ms > 0 ? rounded(1e3 * total_mj / report.latency_ms) : 0},
          {"parts", parts}};
}

/// Parameters with the values they had, given or not.
Json configuration_json(const RunReport& report) {
  Json all = Json::object();
  for (const Parameter& each : report.configuration)
    all[each.section + "." + each.info.key] = {{"value", Json::parse(each.value)},
                                               {"unit", each.info.unit},
                                               {"meaning", each.info.meaning},
                                               {"source", each.info.source}};
  return all;
}

/// Null if there was no choice.
Json search_json(const ScheduleSearch& search) {
  if (search.tried.empty()) return {};
  Json tried = Json::array();
  for (const TimedCandidate& each : search.tried) tried.push_back({{"as_if", each.as_if}, {"cycles", each.cycles}});
  return {{"tried", tried}, {"taken", search.taken}};
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
  json["traffic"] = other_traffic_json(report);
  json["units"] = units_json(report);
  json["layers"] = layers_json(report);
  json["stages"] = stages_json(report);
  json["nodes"] = nodes_json(report);
  json["schedule_search"] = search_json(report.search);
  json["residual_sums"] = {{"bytes", report.sum_bytes},
                           {"unpacked_bytes", report.sum_bytes_unpacked},
                           {"ratio", rounded(ratio_of_sums(report))}};
  add_resources(report, json);
  json["energy"] = energy_json(report);
  const Roofline& roofline = report.roofline;
  json["roofline"] = {{"peak_macs_per_cycle", rounded(roofline.peak_macs_per_cycle)},
                      {"peak_macs_per_cycle_1x1", rounded(roofline.peak_macs_per_cycle_1x1)},
                      {"peak_dram_bytes_per_cycle", rounded(roofline.peak_dram_bytes_per_cycle)},
                      {"peak_port_beats_per_cycle", rounded(roofline.peak_port_beats_per_cycle)}};
  json["top5"] = top5_json(report);
  json["overflows"] = or_null(report.overflows);
  json["accumulator_bits"] = report.accumulator_bits;
  json["accumulator_bits_needed"] = figure_json(report, "accumulator_bits_needed");
  json["may_overflow"] = report.accumulator_bits_needed ? Json(report.may_overflow) : Json();
  json["configuration"] = configuration_json(report);
  if (report.profile) json["profile"] = profile_json(report);
  return json_text(json);
}

}  // namespace ernsim
