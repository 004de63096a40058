#include "tools/selection.h"

#include <fmt/format.h>

#include "compiler/schedule_text.h"
#include "config/user_error.h"
#include "evaluation/code_dataset.h"
#include "output/message.h"
#include "platforms/config_file.h"
#include "simulation/forked.h"
#include "tools/network_choice.h"
#include "workloads/image.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

/// Whether values are simulated: a timing-only run (--data off) has neither weights nor picture.
bool moves_values(const CommandLine& line) { return line.get("data", "on") != "off"; }

/// The picture of --image or a generated one, at the network's input size.
workloads::Image choose_image(const CommandLine& line, const workloads::Graph& graph, std::vector<std::string>& notes) {
  const int height = graph.input_height;
  const int width = graph.input_width;
  if (!line.has("image"))
    return moves_values(line) ? workloads::generated_input(graph, 0) : workloads::Image{height, width, {}};
  if (reads_codes(graph)) return evaluation::load_codes(line.get("image"), graph.nodes.front().out);
  const std::string file = line.get("image");
  auto image = workloads::load_image(file);
  if (!moves_values(line)) notes.push_back("--image has no effect: --data off moves no values");
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
                     "change one parameter, as in convolution.lanes=3 or network.stage2.width=96; may be repeated");
  rest.add_options()(
      "image", text("FILE"),
      "PNG, JPEG or PPM picture, fitted to the input size; FILE.npy, uint8 [C,H,W], for a network that reads codes "
      "(default: a generated one)");
  rest.add_options()("schedule", text("FILE"), "run this schedule instead of compiling one");
  po::options_description all = network_options();
  all.add(rest);
  return all;
}

Job make_job(const CommandLine& line, bool every_accumulator) {
  return from_user([&] {
    Job job;
    job.settings = line.list("set");
    job.platform = load_platform(line.get("platform", "kv260"), platform_settings(line));
    if (every_accumulator && job.platform.schedule.fuse_shortcuts != ShortcutFusion::off) {
      job.platform.schedule.fuse_shortcuts = ShortcutFusion::off;
      job.settings.emplace_back("schedule.fuse_shortcuts=off");
    }
    job.network = choose_network(line, moves_values(line) ? Weights::wanted : Weights::unwanted);
    job.signs = count_weights(line, job.network);
    job.image = choose_image(line, job.graph(), job.notes);
    if (job.graph().colours == 1) job.image = workloads::grey_image(std::move(job.image));
    if (line.has("schedule")) job.schedule = {line.get("schedule"), compiler::load_schedule(line.get("schedule"))};
    job.processes = default_jobs();
    return job;
  });
}

void say_notes(const CompiledJob& compiled) {
  for (const auto& each : compiled.job.notes) note(each);
}

CompiledJob compiled_with_notes(Job job) {
  CompiledJob made = compiled(std::move(job));
  say_notes(made);
  return made;
}

}  // namespace ernsim::tools
