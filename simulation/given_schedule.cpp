#include "simulation/given_schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/schedule_check.h"
#include "config/user_error.h"

namespace ernsim {

namespace {

/// Throws UserError unless `layer` is the convolution `node` of `graph`.
void require_same_layer(const compiler::Layer& layer, const workloads::Graph& graph, const workloads::Node& node,
                        const std::string& file) {
  const auto& in = graph.nodes.at(static_cast<std::size_t>(node.inputs.at(0))).out;
  if (layer.name != node.name || layer.kernel != node.kernel || layer.stride != node.stride ||
      layer.in_channels != in.channels || layer.out_channels != node.out.channels ||
      layer.out_height != node.out.height || layer.out_width != node.out.width)
    throw UserError(fmt::format("{}: the schedule does not fit: its layer {} is not {} of {} at {}x{}", file,
                                layer.name, node.name, graph.network, graph.input_height, graph.input_width));
}

void require_same_network(const compiler::Schedule& schedule, const workloads::Graph& graph, const std::string& file) {
  if (schedule.thermometer != graph.thermometer)
    throw UserError(
        fmt::format("{}: the schedule is for thermometer {}, not {}", file, schedule.thermometer, graph.thermometer));
  std::size_t convolutions = 0;
  for (const auto& node : graph.nodes) {
    if (node.kind != workloads::NodeKind::convolution) continue;
    const auto layer = std::find_if(schedule.layers.begin(), schedule.layers.end(),
                                    [&](const auto& candidate) { return candidate.name == node.name; });
    if (layer == schedule.layers.end())
      throw UserError(fmt::format("{}: the schedule has no layer {}", file, node.name));
    require_same_layer(*layer, graph, node, file);
    ++convolutions;
  }
  const auto layers = static_cast<std::size_t>(
      std::count_if(schedule.layers.begin(), schedule.layers.end(),
                    [](const compiler::Layer& layer) { return !compiler::is_further_activation(layer); }));
  if (convolutions != layers)
    throw UserError(
        fmt::format("{}: the schedule has {} layers, {} has {}", file, layers, graph.network, convolutions));
}

}  // namespace

void check(const GivenSchedule& given, const workloads::Graph& graph, const PlatformConfig& platform) {
  require_same_network(given.schedule, graph, given.file);
  try {
    compiler::check(given.schedule, platform);
  } catch (const compiler::ScheduleError& error) {
    throw UserError(fmt::format("{}: {}", given.file, error.what()));
  }
}

}  // namespace ernsim
