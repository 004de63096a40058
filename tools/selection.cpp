#include "tools/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/program.h"
#include "compiler/schedule_check.h"
#include "compiler/schedule_text.h"
#include "config/user_error.h"
#include "platforms/config_file.h"
#include "simulation/configuration_notes.h"
#include "simulation/forked.h"
#include "tools/network_choice.h"
#include "workloads/image.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

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

/// Throws UserError unless the schedule was made for these convolutions; what the network is called does not matter.
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
  if (convolutions != schedule.layers.size())
    throw UserError(fmt::format("{}: the schedule has {} layers, {} has {}", file, schedule.layers.size(),
                                graph.network, convolutions));
}

ScheduleChoice choose_schedule(const CommandLine& line, const workloads::Graph& graph, const PlatformConfig& platform) {
  if (!line.has("schedule")) return fastest_schedule(graph, platform, default_jobs());
  const std::string file = line.get("schedule");
  auto schedule = compiler::load_schedule(file);
  require_same_network(schedule, graph, file);
  try {
    compiler::check(schedule, platform);
  } catch (const compiler::ScheduleError& error) {
    throw UserError(fmt::format("{}: {}", file, error.what()));
  }
  return {std::move(schedule), {}};
}

/// The picture of --image or a generated one, at the network's input size.
workloads::Image choose_image(const CommandLine& line, const workloads::Graph& graph, std::vector<std::string>& notes) {
  const int height = graph.input_height;
  const int width = graph.input_width;
  if (!line.has("image"))
    return moves_values(line) ? workloads::generated_image(height, width, 0) : workloads::Image{height, width, {}};
  const std::string file = line.get("image");
  auto image = workloads::load_image(file);
  if (image.height == height && image.width == width) return image;
  notes.push_back(
      fmt::format("{}: {}x{}, resized and centre-cropped to {}x{}", file, image.height, image.width, height, width));
  return workloads::fit_image(image, height, width);
}

}  // namespace

po::options_description selection_options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description rest("Platform and picture");
  rest.add_options()("platform", text("NAME|FILE.toml"), "accelerator, memory and host (default kv260)");
  rest.add_options()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
                     "change one parameter, as in convolution.lanes=3; may be repeated");
  rest.add_options()("image", text("FILE"),
                     "PNG, JPEG or PPM picture, fitted to the input size (default: a generated one)");
  rest.add_options()("schedule", text("FILE"), "run this schedule instead of compiling one");
  po::options_description all = network_options();
  all.add(rest);
  return all;
}

Selection make_selection(const CommandLine& line, bool every_accumulator) {
  return from_user([&] {
    Selection selection;
    selection.settings = line.list("set");
    selection.platform = load_platform(line.get("platform", "kv260"), selection.settings);
    if (every_accumulator && selection.platform.schedule.fuse_shortcuts != ShortcutFusion::off) {
      selection.platform.schedule.fuse_shortcuts = ShortcutFusion::off;
      selection.settings.emplace_back("schedule.fuse_shortcuts=off");
    }
    selection.network = choose_network(line);
    selection.signs = count_weights(line, selection.network);
    selection.notes = configuration_notes(selection.platform, selection.graph());
    selection.image = choose_image(line, selection.graph(), selection.notes);
    ScheduleChoice choice = choose_schedule(line, selection.graph(), selection.platform);
    selection.schedule = std::move(choice.schedule);
    selection.search = std::move(choice.search);
    return selection;
  });
}

Program make_program(const Selection& selection, bool data) {
  return from_user([&] {
    return compiler::make_program(selection.schedule, selection.network, selection.image, selection.platform, data);
  });
}

}  // namespace ernsim::tools
