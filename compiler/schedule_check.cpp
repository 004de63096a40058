#include "compiler/schedule_check.h"

#include <fmt/format.h>

#include "compiler/schedule_check_parts.h"

namespace ernsim::compiler {

std::string describe(const Schedule& schedule, InstructionId id) {
  const std::size_t layer = instruction_of(schedule, id).at.layer;
  const std::string name =
      layer < schedule.layers.size() ? schedule.layers[layer].name : fmt::format("layer {}", layer);
  return fmt::format("{} #{} ({})", ernsim::name_of(id.unit), id.index, name);
}

void refuse(const Schedule& schedule, InstructionId id, const std::string& what) {
  throw ScheduleError(fmt::format("{}: {}", describe(schedule, id), what));
}

void check_platform(const Schedule& schedule, const PlatformConfig& platform) {
  const auto& unit = platform.accelerator.convolution;
  const auto differ = [](const char* what, const auto& made_for, const auto& has) {
    throw ScheduleError(fmt::format("the schedule was made for {} {}; the platform has {}", what, made_for, has));
  };
  if (schedule.block_channels != unit.block_channels)
    differ("block_channels", schedule.block_channels, unit.block_channels);
  if (schedule.lanes != unit.lanes) differ("lanes", schedule.lanes, unit.lanes);
  const std::string mapping = unit.lane_mapping == LaneMapping::pixels ? "pixels" : "kernel_columns";
  if (schedule.lane_mapping != mapping) differ("lane_mapping", schedule.lane_mapping, mapping);
  if (schedule.thermometer < 1 || schedule.thermometer > 255)
    throw ScheduleError(fmt::format("thermometer is {}; 1 to 255 are allowed", schedule.thermometer));
}

void check(const Schedule& schedule, const PlatformConfig& platform) {
  check_platform(schedule, platform);
  check_regions(schedule);
  check_streams(schedule);
  check_addresses(schedule, platform.accelerator.memory);
  check_races(schedule, execute(schedule));
}

}  // namespace ernsim::compiler
