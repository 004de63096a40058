#include "tools/network_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "config/did_you_mean.h"
#include "config/user_error.h"
#include "workloads/folding.h"
#include "workloads/network_file.h"
#include "workloads/networks.h"
#include "workloads/onnx_import.h"
#include "workloads/qonnx_import.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using workloads::Graph;
using workloads::ImportedNetwork;
using workloads::is_network_file;
using workloads::NetworkPlan;
using workloads::Node;

/// Of --input-size.
std::pair<int, int> input_sides(const CommandLine& line) {
  return parse_sides("input-size", line.get("input-size"), 65535);
}

/// A built-in network or a TOML file with what the options change.
NetworkPlan plan_of(const CommandLine& line) {
  NetworkPlan plan = workloads::load_plan(line.get("network"), {});
  std::vector<workloads::NetworkSetting> settings;
  for (const std::string& each : network_settings(line)) settings.push_back(workloads::parse_network_setting(each));
  if (line.has("stem")) settings.push_back({"--stem", "", "stem", line.get("stem")});
  apply(std::move(settings), plan);
  if (line.has("thermometer"))
    apply({"--thermometer", "", "thermometer", parse_integer("thermometer", line.get("thermometer"), 1, 1000)}, plan);
  if (line.has("input-size")) {
    std::tie(plan.input_height, plan.input_width) = input_sides(line);
  }
  return plan;
}

bool same_node(const Node& a, const Node& b) {
  return a.kind == b.kind && a.name == b.name && a.inputs == b.inputs && a.out.channels == b.out.channels &&
         a.kernel == b.kernel && a.stride == b.stride && a.padding == b.padding && a.dilation == b.dilation &&
         a.repetition == b.repetition && a.role == b.role && a.quantizer == b.quantizer;
}

/// Throws UserError unless the file holds the network `graph`, whatever the input size.
void require_same_structure(const Graph& graph, const Graph& imported, const std::string& file) {
  const auto [ours, theirs] =
      std::mismatch(graph.nodes.begin(), graph.nodes.end(), imported.nodes.begin(), imported.nodes.end(), same_node);
  if (ours == graph.nodes.end() && theirs == imported.nodes.end()) return;
  const auto& node = ours != graph.nodes.end() ? *ours : *theirs;
  throw UserError(fmt::format("{}: its weights are not for {} with {} stem and thermometer {}: {} differs", file,
                              graph.network, graph.stem, graph.thermometer, node.name));
}

/// An ONNX file says itself what its stem and thermometer are: an option may only repeat it.
void require_own(const CommandLine& line, const std::string& option, const std::string& own) {
  if (line.has(option) && line.get(option) != own)
    throw UserError(
        fmt::format("--{} {} contradicts {}, which has {}", option, line.get(option), line.get("network"), own));
}

/// One whose thresholds are in the file; where it leaves the embedding of the picture open, --thermometer names it.
workloads::IntegerNetwork network_of_qonnx(const CommandLine& line) {
  workloads::QonnxOptions options;
  for (const std::string& each : network_settings(line)) {  // as a sweep names it
    NetworkPlan plan;
    apply(workloads::parse_network_setting(each), plan);
    options.thermometer = static_cast<int>(plan.thermometer);
  }
  if (line.has("thermometer"))
    options.thermometer =
        static_cast<int>(parse_integer("thermometer", line.get("thermometer"), 1, workloads::most_codes));
  workloads::IntegerNetwork network = workloads::import_qonnx(line.get("network"), options);
  require_own(line, "stem", network.graph.stem);
  require_own(line, "thermometer", std::to_string(network.graph.thermometer));
  if (!line.has("input-size")) return network;
  const auto [height, width] = input_sides(line);
  network.graph = workloads::resized(network.graph, height, width);
  return network;
}

ImportedNetwork network_of_file(const CommandLine& line) {
  ImportedNetwork imported = workloads::import_onnx(line.get("network"));
  require_own(line, "stem", imported.graph.stem);
  require_own(line, "thermometer", std::to_string(imported.graph.thermometer));
  if (!line.has("input-size") && !imported.sized)
    throw UserError(fmt::format("{}: leaves the height or width of the picture open; --input-size HxW must say it",
                                line.get("network")));
  if (!line.has("input-size")) return imported;
  const auto [height, width] = input_sides(line);
  imported.graph = workloads::resized(imported.graph, height, width);
  return imported;
}

std::uint64_t seed_of(const CommandLine& line) {
  return static_cast<std::uint64_t>(
      parse_integer("seed", line.get("seed", "0"), 0, std::numeric_limits<std::int64_t>::max()));
}

/// Without parameters if none are wanted and no file brings them.
ImportedNetwork network_of_plan(const CommandLine& line, bool wanted) {
  const NetworkPlan plan = plan_of(line);
  const Graph graph = workloads::build(plan);
  const std::string weights = line.get("weights", plan.weights);
  if (!weights.empty() && !line.has("seed")) {
    ImportedNetwork imported = workloads::import_onnx(weights);
    require_same_structure(graph, imported.graph, weights);
    Graph with_file = graph;
    with_file.embedding = imported.graph.embedding;
    return {with_file, std::move(imported.parameters)};
  }
  const std::uint64_t seed = seed_of(line);
  return {graph, wanted ? workloads::seeded_parameters(graph, seed) : workloads::Parameters{}};
}

bool is_thermometer(const std::string& setting) {
  const workloads::NetworkSetting parsed = workloads::parse_network_setting(setting);
  return parsed.section.empty() && parsed.key == "thermometer";
}

/// An ONNX file is a whole network, but for the thermometer that a QONNX file leaves open.
void require_file_alone(const CommandLine& line, const std::string& network) {
  for (const char* option : {"weights", "seed"})
    if (line.has(option))
      throw UserError(fmt::format("--{} contradicts --network {}, which brings its own weights", option, network));
  for (const std::string& each : network_settings(line))
    if (!is_thermometer(each) || !workloads::is_qonnx(network))
      throw UserError(fmt::format("--set {}: {} is an ONNX file; describe the network in a .toml file to change it",
                                  each, network));
}

/// Of a built-in network or a TOML file: "network.stage2.width". An ONNX file has none.
std::vector<std::string> keys_of(const std::string& network) {
  std::vector<std::string> keys;
  if (is_network_file(network)) return keys;
  for (const auto& each : workloads::parameters(workloads::load_plan(network, {}))) keys.push_back(each.setting());
  return keys;
}

bool names_qonnx(const CommandLine& line) {
  return line.has("network") && is_network_file(line.get("network")) && workloads::is_qonnx(line.get("network"));
}

}  // namespace

po::options_description network_options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description options("Network");
  options.add_options()(
      "network", text("NAME|FILE"),
      "a built-in network, one described in a .toml file, or an exported .onnx file with its weights");
  options.add_options()("stem", text("released|paper"), "paper: one more 3x3 convolution (default released)");
  options.add_options()("input-size", text("HxW"),
                        "height and width, 1x1 to 2048x2048 (default 256x256, or the file's own)");
  options.add_options()("thermometer", text("N"), "embedding codes per colour, 1 to 32 (default 10)");
  options.add_options()("weights", text("FILE.onnx"), "weights of a network without its own");
  options.add_options()("seed", text("N"), "draw the weights of such a network from this seed (default 0)");
  return options;
}

ImportedNetwork choose_parameters(const CommandLine& line, bool wanted) {
  if (!line.has("network"))
    throw UserError("--network NAME, FILE.toml or FILE.onnx is missing; ernsim networks lists the built-in ones");
  line.reject_together("weights", "seed", "weights come from one of them");
  const std::string network = line.get("network");
  if (!is_network_file(network)) return network_of_plan(line, wanted);
  require_file_alone(line, network);
  if (names_qonnx(line))
    throw UserError(fmt::format(
        "{}: is a QONNX file, whose thresholds come without batch normalisations; only a file of the official library, "
        "a .toml file and a built-in network have what is wanted",
        network));
  return network_of_file(line);
}

workloads::IntegerNetwork choose_network(const CommandLine& line, Weights weights) {
  if (names_qonnx(line)) {
    require_file_alone(line, line.get("network"));
    return network_of_qonnx(line);
  }
  ImportedNetwork chosen = choose_parameters(line, weights == Weights::wanted);
  if (chosen.parameters.signs.empty()) return workloads::without_weights(chosen.graph);
  return workloads::fold(chosen.graph, std::move(chosen.parameters));
}

std::vector<std::string> network_settings(const CommandLine& line) {
  std::vector<std::string> found;
  for (const std::string& each : line.list("set"))
    if (workloads::is_network_setting(each)) found.push_back(each);
  return found;
}

std::vector<std::string> platform_settings(const CommandLine& line) {
  std::vector<std::string> found;
  for (const std::string& each : line.list("set"))
    if (!workloads::is_network_setting(each)) found.push_back(each);
  return found;
}

void require_network_settings(const CommandLine& line, const std::string& network) {
  for (const std::string& each : platform_settings(line)) {
    const std::vector<std::string> keys = keys_of(network);
    const std::string key = each.substr(0, each.find('=')), whole = "network." + key;
    const bool lacks_prefix = std::find(keys.begin(), keys.end(), whole) != keys.end();
    throw UserError(
        fmt::format("--set '{}': must be network.KEY=VALUE{}", each,
                    did_you_mean(lacks_prefix ? whole : key, keys, "ernsim networks --toml NAME shows the keys")));
  }
}

std::vector<workloads::SignCounts> count_weights(const CommandLine& line, const workloads::IntegerNetwork& network) {
  const bool drawn = std::all_of(network.weights.begin(), network.weights.end(),
                                 [](const auto& weights) { return weights.words.empty(); });
  if (drawn) return workloads::seeded_sign_counts(network.graph, seed_of(line));
  return workloads::count_signs(network.graph, network.weights);
}

}  // namespace ernsim::tools
