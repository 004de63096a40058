#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "config/user_error.h"
#include "output/file_names.h"
#include "output/json_text.h"
#include "output/npy.h"
#include "output/output_directory.h"
#include "output/output_file.h"
#include "output/printable.h"
#include "output/text_table.h"
#include "platforms/config_file.h"
#include "simulation/forked.h"
#include "simulation/job.h"
#include "simulation/run_words.h"
#include "tools/commands.h"
#include "tools/network_choice.h"
#include "tools/network_json.h"
#include "workloads/counts.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/sum_range.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using workloads::Graph;
using workloads::IntegerNetwork;
using workloads::NodeKind;

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("out", po::value<std::string>()->value_name("DIR"), "where the parts go");
  description.add_options()("network", po::value<std::string>()->value_name("FILE.onnx|FILE.toml|NAME"),
                            "the same as the first word");
  description.add_options()("input-size", po::value<std::string>()->value_name("HxW"),
                            "height and width (default the file's own)");
  description.add_options()("thermometer", po::value<std::string>()->value_name("N"),
                            "codes per colour, where a QONNX file leaves them open");
  description.add_options()("platform", po::value<std::string>()->value_name("NAME|FILE.toml"),
                            "what it shall run on (default kv260)");
  description.add_options()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
                            "change one parameter of the platform, or of a network in TOML; may be repeated");
  return description;
}

/// The files of a convolution or an activation, by ending.
using Files = std::map<std::string, std::string>;

nlohmann::ordered_json node_json(const Graph& graph, const workloads::Node& node, const Files& files) {
  nlohmann::ordered_json json{{"name", node.name},
                              {"kind", workloads::name_of(node.kind)},
                              {"inputs", input_names(graph, node)},
                              {"out", shape_json(node.out)}};
  if (node.kind == NodeKind::convolution) {
    json["kernel"] = node.kernel;
    json["stride"] = node.stride;
    json["dilation"] = {node.dilation.rows, node.dilation.columns};
    json["padding"] = {node.padding.top, node.padding.left, node.padding.bottom, node.padding.right};
  } else if (node.kind == NodeKind::upsampling) {
    json["repetition"] = node.repetition;
  } else if (node.kind == NodeKind::activation) {
    json["batch_norm"] = node.batch_norm;
    json["post_scale"] = node.post_scale();
    json["step"] = node.quantizer.step;
  }
  if (!files.empty()) json["files"] = nlohmann::json::array();
  for (const auto& [ending, file] : files) json["files"].push_back(file);
  return json;
}

std::string graph_json(const Graph& graph, const std::vector<Files>& files) {
  nlohmann::ordered_json json{{"network", graph.network},
                              {"stem", graph.stem},
                              {"colours", graph.colours},
                              {"thermometer", graph.thermometer},
                              {"input_size", {graph.input_height, graph.input_width}},
                              {"nodes", nlohmann::json::array()}};
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    json["nodes"].push_back(node_json(graph, graph.nodes[i], files[i]));
  return json_text(json);
}

void write_weights(const Files& files, const workloads::SignWeights& weights, OutputDirectory& directory) {
  const auto k = static_cast<std::size_t>(weights.kernel);
  std::vector<std::uint8_t> negative(weights.size());
  for (std::size_t i = 0; i < negative.size(); ++i) negative[i] = weights.is_negative(i) ? 1 : 0;
  directory.write(files.at(".negative.npy"), npy_bytes({static_cast<std::size_t>(weights.out_channels),
                                                        static_cast<std::size_t>(weights.in_channels), k, k},
                                                       negative));
}

void write_thresholds(const Files& files, const std::vector<workloads::ChannelThresholds>& channels,
                      OutputDirectory& directory) {
  std::vector<std::int32_t> thresholds;
  std::vector<std::int8_t> directions;
  for (const auto& channel : channels) {
    thresholds.insert(thresholds.end(), std::begin(channel.thresholds), std::end(channel.thresholds));
    directions.push_back(static_cast<std::int8_t>(channel.direction));
  }
  directory.write(files.at(".thresholds.npy"), npy_bytes({channels.size(), 3}, thresholds));
  directory.write(files.at(".direction.npy"), npy_bytes({channels.size()}, directions));
}

std::vector<Files> files_of(const Graph& graph) {
  FileNames names({"graph.json", "logit_scale.npy"});
  std::vector<Files> files(graph.nodes.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::vector<const char*> endings;
    if (graph.nodes[i].kind == NodeKind::convolution) endings = {".negative.npy"};
    if (workloads::is_map(graph, static_cast<int>(i))) endings.push_back(".scale.npy");
    if (graph.nodes[i].kind == NodeKind::activation) endings = {".thresholds.npy", ".direction.npy"};
    for (const char* ending : endings) files[i][ending] = names.of(graph.nodes[i].name, ending);
  }
  return files;
}

void write_parts(const IntegerNetwork& network, OutputDirectory& directory) {
  const auto& nodes = network.graph.nodes;
  const std::vector<Files> files = files_of(network.graph);
  directory.write("graph.json", graph_json(network.graph, files));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind == NodeKind::convolution) write_weights(files[i], network.weights.at(i), directory);
    if (const auto& scale = network.map_scale.at(i); !scale.empty())
      directory.write(files[i].at(".scale.npy"), npy_bytes({scale.size()}, scale));
    if (nodes[i].kind == NodeKind::activation) write_thresholds(files[i], network.thresholds.at(i), directory);
  }
  if (!network.logit_scale.empty())
    directory.write("logit_scale.npy", npy_bytes({network.logit_scale.size()}, network.logit_scale));
  directory.commit();
}

std::string summary(const std::string& file, const Graph& graph) {
  return fmt::format("{}: {}, {} stem, thermometer {}, {}x{}\n{} nodes, {} convolutions, {} weight bits, {} MACs\n",
                     file, graph.network, graph.stem, graph.thermometer, graph.input_height, graph.input_width,
                     graph.nodes.size(), count_of(graph, NodeKind::convolution), grouped(workloads::weight_bits(graph)),
                     grouped(workloads::macs(graph)));
}

/// What became thresholds, and what is summed.
std::string folding_text(const Graph& graph) {
  return fmt::format(
      "{} activations are thresholds, with the scales, biases and batch normalisations in front of them; {} "
      "residual sums, each of one scale\n",
      count_of(graph, NodeKind::activation), count_of(graph, NodeKind::add));
}

/// The network with a generated picture, as a run of it would have it.
Job runnable(IntegerNetwork network, const PlatformConfig& platform) {
  Job job{std::move(network)};
  job.image = workloads::generated_input(job.graph(), 0);
  job.platform = platform;
  job.processes = default_jobs();
  return job;
}

/// What it runs on, with which schedule, and whether the device has room for that.
std::string runs_text(const CompiledJob& compiled) {
  const PlatformConfig& platform = compiled.job.platform;
  const std::string choice = choice_text(compiled.search);
  return fmt::format("runs on {}{}{}, which {}\n", platform.name, choice.empty() ? "" : ", schedule ", choice,
                     device_text(platform));
}

/// Which layers' sums may leave the platform's format, with the network's own weights and any picture.
std::string overflow_text(const IntegerNetwork& network, const PlatformConfig& platform) {
  const auto& nodes = network.graph.nodes;
  const auto bits = static_cast<int>(platform.accelerator.memory.accumulator_bits);
  const auto ranges = workloads::sum_ranges(network.graph, workloads::count_signs(network.graph, network.weights));
  std::vector<std::string> overflowing;
  int most = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const int needed = workloads::bits_needed(ranges[n]);
    most = std::max(most, needed);
    if (needed > bits)
      overflowing.push_back(
          fmt::format("{} (up to {})", printable(nodes[n].name), grouped(workloads::largest_magnitude(ranges[n]))));
  }
  if (overflowing.empty()) return fmt::format("no sum can overflow: {} of {} bits are needed\n", most, bits);
  return fmt::format("sums may overflow {} bits, depending on the picture: {}\n", bits, fmt::join(overflowing, ", "));
}

}  // namespace

int import_command(const Arguments& arguments) {
  const CommandLine line = CommandLine(arguments, options(), 1).with_positional_as("network");
  if (!line.has("network"))
    throw UserError("import needs a network: FILE.onnx, FILE.toml or the name of a built-in one");
  if (!line.has("out")) throw UserError("import needs --out DIR");
  OutputDirectory directory(line.get("out"));
  const PlatformConfig platform =
      from_user([&] { return load_platform(line.get("platform", "kv260"), platform_settings(line)); });
  const IntegerNetwork network = from_user([&] { return choose_network(line); });
  const CompiledJob compiled = ernsim::compiled(runnable(network, platform));
  const std::string text = summary(line.get("network"), network.graph) + folding_text(network.graph) +
                           runs_text(compiled) + overflow_text(network, platform);
  write_parts(network, directory);
  print(text);
  return 0;
}

Manual import_manual() {
  return {{"import FILE.onnx|FILE.toml|NAME --out DIR [OPTIONS]"},
          "Checks that a file exported by the official library, a QONNX file, a network described in a .toml file or a "
          "built-in one is a network that the platform can run, prints what it is and which sums may overflow, and "
          "writes its graph as JSON, its weights and its folded thresholds as .npy files.",
          options()};
}

}  // namespace ernsim::tools
