#include "simulation/array_account.h"

#include <algorithm>
#include <numeric>

#include "models/accelerator/convolution/array_slots.h"

namespace ernsim {

namespace {

/// What the array waits for. Space in F comes free when the quantization unit is done, and that one waits for residuals
/// going in or sums and codes going out. The array's own accumulators are those still in its pipeline.
SlotUse waiting_for(StallCause cause) {
  switch (cause) {
    case StallCause::weights:
      return SlotUse::weights;
    case StallCause::input:
    case StallCause::external:
      return SlotUse::activations;
    case StallCause::bank:
      return SlotUse::banks;
    case StallCause::thresholds:
    case StallCause::residuals:
    case StallCause::output_buffer:
      return SlotUse::residuals;
    default:
      return SlotUse::latency;
  }
}

void add_steps(const compiler::Schedule& schedule, const ConvolutionConfig& array, std::vector<ArraySlots>& layers) {
  const ArrayGeometry geometry = geometry_of(array);
  for (const Instruction& each : schedule.streams[UnitId::convolution]) {
    const StepSlots steps = step_slots(each.convolution, geometry, array.block_channels);
    ArraySlots& slots = layers.at(each.at.layer);
    slots[SlotUse::channel_padding] += steps.multiply;  // less the network's own, once all are there
    slots[SlotUse::lanes] += steps.lanes;
    slots[SlotUse::core_rows] += steps.core_rows;
  }
}

}  // namespace

const char* name_of(SlotUse use) {
  constexpr EnumArray<SlotUse, const char*> names{"compute",     "lanes", "channel_padding", "core_rows", "weights",
                                                  "activations", "banks", "residuals",       "latency"};
  return names[use];
}

std::vector<ArraySlots> array_slots(const compiler::Schedule& schedule, const ConvolutionConfig& array,
                                    const RunResult& result) {
  std::vector<ArraySlots> layers(schedule.layers.size());
  add_steps(schedule, array, layers);
  const std::int64_t multipliers = multipliers_of(array);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    ArraySlots& slots = layers[i];
    slots[SlotUse::compute] = schedule.layers[i].macs;
    slots[SlotUse::channel_padding] -= schedule.layers[i].macs;
    const auto& stalled = result.layers.at(i).convolution_stalled_cycles;
    for (const StallCause cause : each<StallCause>()) slots[waiting_for(cause)] += stalled[cause] * multipliers;
    const std::int64_t named = std::accumulate(slots.begin(), slots.end(), std::int64_t{0});
    slots[SlotUse::latency] += result.layers[i].cycles * multipliers - named;
  }
  return layers;
}

double utilization(std::int64_t macs, Cycle cycles, const ConvolutionConfig& array) {
  return cycles > 0 ? static_cast<double>(macs) / static_cast<double>(cycles * multipliers_of(array)) : 0;
}

std::string bound_by(const ArraySlots& slots) {
  const std::int64_t all = std::accumulate(slots.begin(), slots.end(), std::int64_t{0});
  if (10 * slots[SlotUse::compute] >= 9 * all && all > 0) return "compute";
  if (all == 0) return "none";
  const auto most = std::max_element(slots.begin() + 1, slots.end());
  std::string name = name_of(static_cast<SlotUse>(most - slots.begin()));
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace ernsim
