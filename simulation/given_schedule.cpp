#include "simulation/given_schedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "compiler/layer_plan.h"
#include "compiler/schedule_check.h"
#include "config/user_error.h"

namespace ernsim {

namespace {

/// The one line with that name; refuses a schedule without it.
const compiler::Layer& layer_of(const GivenSchedule& given, const std::string& name) {
  const auto& layers = given.schedule.layers;
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&](const compiler::Layer& layer) { return layer.name == name; });
  if (found == layers.end()) throw UserError(fmt::format("{}: the schedule has no layer {}", given.file, name));
  return *found;
}

/// Refuses a schedule whose line is not the layer `plan` of `graph`.
void require_same_layer(const GivenSchedule& given, const workloads::Graph& graph, const compiler::LayerPlan& plan) {
  const auto node = [&graph](int index) -> const workloads::Node& { return graph.nodes[std::size_t(index)]; };
  const auto name = [&](int index) { return index < 0 ? "" : node(index).name; };
  const workloads::Node& made = node(plan.again ? plan.codes : plan.convolution);
  const int channels = (plan.again ? made : node(plan.input)).out.channels;
  const compiler::Layer& layer = layer_of(given, made.name);
  if (layer.kernel != made.kernel || layer.stride != made.stride || layer.dilation_down != made.dilation.rows ||
      layer.dilation_across != made.dilation.columns || layer.in_channels != channels ||
      layer.out_channels != made.out.channels || layer.out_height != made.out.height ||
      layer.out_width != made.out.width)
    throw UserError(fmt::format("{}: the schedule does not fit: its layer {} is not that of {} at {}x{}", given.file,
                                layer.name, graph.network, graph.input_height, graph.input_width));
  const std::string reads = plan.again ? "" : name(plan.input), adds = plan.again ? "" : name(plan.residual);
  if (layer.reads != reads || layer.adds != adds)
    throw UserError(
        fmt::format("{}: the schedule does not fit: its layer {} reads \"{}\" and adds \"{}\", that of {} \"{}\" and "
                    "\"{}\"",
                    given.file, layer.name, layer.reads, layer.adds, graph.network, reads, adds));
  const std::string sums = name(given_sums(graph, plan));
  const bool fused = plan.codes < 0 && stays_in_accumulators(layer);
  if (layer.codes != name(plan.codes) || (layer.sums != sums && !fused))
    throw UserError(
        fmt::format("{}: the schedule does not fit: its layer {} gives codes \"{}\" and sums \"{}\", that of "
                    "{} \"{}\" and \"{}\"",
                    given.file, layer.name, layer.codes, layer.sums, graph.network, name(plan.codes), sums));
}

void require_same_repetitions(const GivenSchedule& given, const workloads::Graph& graph) {
  const auto text = [](const std::string& name, const std::string& of, int times) {
    return fmt::format("{}, {} {} times", name, of, times);
  };
  std::set<std::string> ours, theirs;
  for (const workloads::Node& node : graph.nodes)
    if (node.kind == workloads::NodeKind::upsampling)
      ours.insert(text(node.name, graph.nodes[std::size_t(node.inputs[0])].name, node.repetition));
  for (const compiler::Repetition& each : given.schedule.repetitions)
    theirs.insert(text(each.name, each.of, each.times));
  if (ours != theirs)
    throw UserError(fmt::format("{}: the schedule does not fit: it repeats [{}], {} repeats [{}]", given.file,
                                fmt::join(theirs, "; "), graph.network, fmt::join(ours, "; ")));
}

void require_same_network(const GivenSchedule& given, const workloads::Graph& graph) {
  const compiler::Schedule& schedule = given.schedule;
  if (schedule.thermometer != graph.thermometer)
    throw UserError(fmt::format("{}: the schedule is for thermometer {}, not {}", given.file, schedule.thermometer,
                                graph.thermometer));
  const auto plans = from_user([&] { return compiler::plan_layers(graph); });
  require_same_repetitions(given, graph);
  for (const compiler::LayerPlan& plan : plans) require_same_layer(given, graph, plan);
  if (plans.size() != schedule.layers.size())
    throw UserError(fmt::format("{}: the schedule has {} layers, {} has {}", given.file, schedule.layers.size(),
                                graph.network, plans.size()));
}

}  // namespace

void check(const GivenSchedule& given, const workloads::Graph& graph, const PlatformConfig& platform) {
  require_same_network(given, graph);
  try {
    compiler::check(given.schedule, platform);
  } catch (const compiler::ScheduleError& error) {
    throw UserError(fmt::format("{}: {}", given.file, error.what()));
  }
}

}  // namespace ernsim
