#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/user_error.h"
#include "output/json_text.h"
#include "output/output_file.h"
#include "output/text_table.h"
#include "tools/commands.h"
#include "tools/network_choice.h"
#include "tools/network_json.h"
#include "workloads/counts.h"
#include "workloads/network_file.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using workloads::Graph;
using workloads::Node;
using workloads::NodeKind;

po::options_description options() {
  po::options_description description = network_options();
  description.add_options()("set", po::value<std::vector<std::string>>()->value_name("network.KEY=VALUE"),
                            "change one parameter of the network; may be repeated");
  description.add_options()("toml", po::value<std::string>()->value_name("NAME|FILE.toml"),
                            "print a complete TOML file of that network, for --network of run");
  description.add_options()("json", po::value<std::string>()->value_name("FILE"),
                            "the list, or with --network its nodes, as JSON; - or nothing is standard output");
  return description;
}

Graph built_in(const std::string& name, const char* stem) {
  workloads::NetworkOptions options;
  options.stem = stem;
  return workloads::build_network(name, options);
}

TextTable counts_table() { return TextTable({"network", "stem", "convolutions", "weight bits", "MACs", "paper GOPs"}); }

void add_counts(const Graph& graph, TextTable& table) {
  table.add({graph.network, graph.stem, std::to_string(count_of(graph, NodeKind::convolution)),
             grouped(workloads::weight_bits(graph)), grouped(workloads::macs(graph)),
             fmt::format("{:.2f}", workloads::paper_gops(graph))});
}

std::string network_table() {
  TextTable table = counts_table();
  for (const auto& name : workloads::network_names())
    for (const char* stem : {"released", "paper"}) add_counts(built_in(name, stem), table);
  return table.text();
}

nlohmann::ordered_json list_json() {
  auto all = nlohmann::ordered_json::array();
  for (const auto& name : workloads::network_names())
    for (const char* stem : {"released", "paper"}) all.push_back(network_json(built_in(name, stem)));
  return all;
}

std::string operation(const Node& node) {
  if (node.kind == NodeKind::convolution)
    return fmt::format("conv{}x{}{}{}", node.kernel, node.kernel,
                       node.stride == 1 ? "" : fmt::format(" s{}", node.stride),
                       node.is_dilated() ? fmt::format(" d{}x{}", node.dilation.rows, node.dilation.columns) : "");
  if (node.kind == NodeKind::upsampling) return fmt::format("upsampling x{}", node.repetition);
  std::string name = workloads::name_of(node.kind);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// The counts of one network, and its nodes.
std::string node_table(const Graph& graph) {
  TextTable counts = counts_table(), nodes({"node", "operation", "of", "channels", "height", "width"});
  add_counts(graph, counts);
  for (const Node& node : graph.nodes)
    nodes.add({node.name, operation(node), fmt::format("{}", fmt::join(input_names(graph, node), ", ")),
               std::to_string(node.out.channels), std::to_string(node.out.height), std::to_string(node.out.width)});
  return counts.text() + "\n" + nodes.text();
}

/// Throws UserError for options that contradict each other, and those that what is asked for would not use.
void check_options(const CommandLine& line) {
  line.reject_together("toml", "network", "one is printed as TOML, the other as a table");
  line.reject_together("toml", "json", "one prints a network as TOML, the other as JSON");
  const bool of_one = line.has("network") || line.has("toml");
  if (of_one) from_user([&] { require_network_settings(line, line.get("network", line.get("toml"))); });
  if (line.has("set") && !of_one) throw UserError("--set needs --network or --toml: the list is of built-in networks");
  for (const char* option : {"stem", "input-size", "thermometer", "weights", "seed"})
    if (line.has(option) && !line.has("network"))
      throw UserError(fmt::format("--{} needs --network{}", option,
                                  line.has("toml") ? "; --set network.KEY=VALUE changes what --toml prints" : ""));
}

}  // namespace

int networks_command(const Arguments& arguments) {
  const CommandLine line(with_value(arguments, "--json", "-"), options());
  check_options(line);
  std::optional<OutputFile> json;
  if (line.has("json")) json.emplace(line.get("json"));
  if (line.has("toml")) {
    print(from_user([&] { return toml_text(workloads::load_plan(line.get("toml"), network_settings(line))); }));
  } else if (line.has("network")) {
    const Graph graph = from_user([&] { return choose_network(line, Weights::unwanted); }).graph;
    json ? json->write(json_text(network_with_nodes_json(graph))) : print(node_table(graph));
  } else {
    json ? json->write(json_text(list_json()))
         : print("Built-in networks at 256x256 with thermometer 10\n\n" + network_table());
  }
  return 0;
}

Manual networks_manual() {
  return {{"networks [--network NAME|FILE [OPTIONS]] [--json FILE]", "networks --toml NAME|FILE.toml"},
          "Lists the built-in networks, or the nodes of one network. MACs are those of the convolutions. Paper GOPs "
          "are counted as in Table 3 of the ERN paper, which they match with the paper's stem; the published code and "
          "checkpoints have the released stem. With --toml it prints a file that describes a network, with every "
          "parameter and what it may be: a network of your own begins with that (docs/your_network.md).",
          options()};
}

}  // namespace ernsim::tools
