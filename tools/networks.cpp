#include <fmt/format.h>

#include <algorithm>

#include "output/output_file.h"
#include "output/text_table.h"
#include "tools/commands.h"
#include "workloads/counts.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

using workloads::Graph;

Graph built_in(const std::string& name, const char* stem) {
  workloads::NetworkOptions options;
  options.stem = stem;
  return workloads::build_network(name, options);
}

std::string convolutions(const Graph& graph) {
  return std::to_string(std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                      [](const auto& node) { return node.kind == workloads::NodeKind::convolution; }));
}

std::string network_table() {
  TextTable table({"network", "stem", "convolutions", "weight bits", "MACs", "paper GOPs"});
  for (const auto& name : workloads::network_names())
    for (const char* stem : {"released", "paper"}) {
      const Graph graph = built_in(name, stem);
      table.add({name, stem, convolutions(graph), grouped(workloads::weight_bits(graph)),
                 grouped(workloads::macs(graph)), fmt::format("{:.2f}", workloads::paper_gops(graph))});
    }
  return table.text();
}

}  // namespace

int networks_command(const Arguments& arguments) {
  CommandLine(arguments, {});
  print("Built-in networks at 256x256 with thermometer 10\n\n" + network_table());
  return 0;
}

std::string networks_help() {
  return "usage: ernsim networks\n\n"
         "Lists the built-in networks. MACs are those of the convolutions. Paper GOPs are counted as in Table 3 of the "
         "ERN\n"
         "paper, which they match with the paper's stem; the published code and checkpoints have the released stem.\n";
}

}  // namespace ernsim::tools
