#include "report/layers_json.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "output/rounded.h"

namespace ernsim {

using Json = nlohmann::ordered_json;

namespace {

/// The port's data channel with the most beats.
struct BusiestPort {
  std::string name = "none";
  double beats = 0;
};

BusiestPort busiest_port(const LayerTraffic& traffic) {
  BusiestPort busiest;
  for (const auto& [direction, beats] :
       {std::pair{"read", &traffic.read_port_beats}, {"write", &traffic.write_port_beats}})
    for (std::size_t port = 0; port < beats->size(); ++port)
      if ((*beats)[port] > busiest.beats) busiest = {fmt::format("{} {}", direction, port), (*beats)[port]};
  return busiest;
}

/// null if there is nothing to divide by.
Json per(std::int64_t macs, double whole) {
  return whole > 0 ? Json(rounded(static_cast<double>(macs) / whole)) : Json();
}

Json traffic_json(const LayerReport& layer) {
  if (!layer.traffic) return Json();
  const BusiestPort port = busiest_port(*layer.traffic);
  return {{"dram_bytes", rounded(layer.traffic->dram_bytes)},
          {"macs_per_dram_byte", per(layer.macs, layer.traffic->dram_bytes)},
          {"busiest_port", port.name},
          {"port_beats", rounded(port.beats)},
          {"macs_per_port_beat", per(layer.macs, port.beats)}};
}

double share_of_run(Cycle cycles, const RunReport& report) {
  return report.result.cycles == 0 ? 0 : static_cast<double>(cycles) / static_cast<double>(report.result.cycles);
}

/// Time and share of the frame's cycles.
void add_time(Cycle cycles, const RunReport& report, Json& json) {
  const double share = share_of_run(cycles, report);
  json["cycles"] = cycles;
  json["ms"] = rounded(report.accelerator_ms * share);
  json["share"] = rounded(share);
}

Json layer_json(const LayerReport& layer, const RunReport& report) {
  const auto& sums = layer.sums;
  Json json{{"name", layer.name},          {"kind", layer.kind}, {"stride", layer.stride},
            {"choice", layer.choice},      {"macs", layer.macs}, {"start_cycle", layer.start_cycle},
            {"end_cycle", layer.end_cycle}};
  add_time(layer.cycles, report, json);
  json.update(Json{{"utilization", rounded(layer.utilization)},
                   {"macs_per_cycle", rounded(layer.macs_per_cycle)},
                   {"dram_read_bytes", layer.dram_read_bytes},
                   {"dram_write_bytes", layer.dram_write_bytes},
                   {"array_busy_cycles", layer.array_busy_cycles},
                   {"array_stall_cycles", stalls_json(layer.stalled_cycles)},
                   {"dynamic_energy_mj", rounded_to_nano(layer.dynamic_energy_mj)},
                   {"bound_by", layer.bound_by},
                   {"array_slots", slots_json(layer.slots)},
                   {"meanwhile", traffic_json(layer)},
                   {"largest_magnitude", sums ? Json(workloads::largest_magnitude(*sums)) : Json()},
                   {"accumulator_bits_needed", sums ? Json(bits_needed(*sums)) : Json()}});
  return json;
}

/// The layer that a node is, or null.
Json layer_of(const NodeReport& node, const RunReport& report) {
  for (std::size_t i = 0; i < report.layers.size(); ++i)
    if (report.layers[i].name == node.name) return i;
  return {};
}

}  // namespace

Json stalls_json(const EnumArray<StallCause, Cycle>& stalled) {
  Json stalls = Json::object();
  for (const StallCause cause : each<StallCause>())
    if (cause != StallCause::none) stalls[name_of(cause)] = stalled[cause];
  return stalls;
}

Json slots_json(const ArraySlots& slots) {
  Json json = Json::object();
  for (const SlotUse use : each<SlotUse>()) json[name_of(use)] = slots[use];
  return json;
}

Json slot_shares_json(const ArraySlots& slots) {
  const auto all = std::accumulate(slots.begin(), slots.end(), std::int64_t{0});
  Json json = Json::object();
  for (const SlotUse use : each<SlotUse>())
    json[name_of(use)] = all == 0 ? 0 : rounded(static_cast<double>(slots[use]) / static_cast<double>(all));
  return json;
}

Json layers_json(const RunReport& report) {
  Json layers = Json::array();
  for (const auto& layer : report.layers) layers.push_back(layer_json(layer, report));
  return layers;
}

Json stages_json(const RunReport& report) {
  Json stages = Json::array();
  for (const StageReport& stage : report.stages) {
    Json json{{"name", stage.name}, {"first_layer", stage.first}, {"layers", stage.layers}, {"macs", stage.macs}};
    add_time(stage.cycles, report, json);
    json["utilization"] = rounded(stage.utilization);
    json["bound_by"] = stage.bound_by;
    json["array_slots"] = slots_json(stage.slots);
    stages.push_back(json);
  }
  return stages;
}

Json nodes_json(const RunReport& report) {
  Json nodes = Json::array();
  for (const NodeReport& node : report.nodes)
    nodes.push_back({{"name", node.name},
                     {"operation", node.operation},
                     {"inputs", node.inputs},
                     {"shape", {node.channels, node.height, node.width}},
                     {"layer", layer_of(node, report)}});
  return nodes;
}

}  // namespace ernsim
