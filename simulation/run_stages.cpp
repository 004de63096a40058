#include "simulation/run_stages.h"

#include <algorithm>
#include <numeric>

namespace ernsim {

namespace {

constexpr char separator = '.';

std::string first_part(const std::string& name) { return name.substr(0, name.find(separator)); }

/// "backbone." if all layers with a dot begin with it.
std::string common_part(const std::vector<LayerReport>& layers) {
  std::string common;
  for (const LayerReport& layer : layers) {
    if (layer.name.find(separator) == std::string::npos) continue;
    if (common.empty()) common = first_part(layer.name);
    if (common != first_part(layer.name)) return "";
  }
  return common.empty() ? "" : common + separator;
}

std::string stage_name(const std::string& layer, const std::string& common) {
  return first_part(layer.compare(0, common.size(), common) == 0 ? layer.substr(common.size()) : layer);
}

void finish(StageReport& stage) {
  const auto all = std::accumulate(stage.slots.begin(), stage.slots.end(), std::int64_t{0});
  stage.utilization = all > 0 ? static_cast<double>(stage.macs) / static_cast<double>(all) : 0;
  stage.bound_by = bound_by(stage.slots);
}

}  // namespace

std::vector<StageReport> stages_of(const std::vector<LayerReport>& layers) {
  const std::string common = common_part(layers);
  std::vector<StageReport> stages;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string name = stage_name(layers[i].name, common);
    if (stages.empty() || stages.back().name != name) {
      stages.emplace_back();
      stages.back().name = name;
      stages.back().first = i;
    }
    StageReport& stage = stages.back();
    ++stage.layers;
    stage.macs += layers[i].macs;
    stage.cycles += layers[i].cycles;
    for (const SlotUse use : each<SlotUse>()) stage.slots[use] += layers[i].slots[use];
  }
  std::for_each(stages.begin(), stages.end(), finish);
  return stages;
}

}  // namespace ernsim
