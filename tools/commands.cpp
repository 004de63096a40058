#include "tools/commands.h"

#include <fmt/format.h>

#include "config/did_you_mean.h"
#include "config/user_error.h"

namespace ernsim::tools {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"run", "simulate one network on one platform", run_command, run_manual},
      {"eval", "run a network on labelled pictures and print its accuracy", eval_command, eval_manual},
      {"sweep", "simulate a grid of configurations and find the best", sweep_command, sweep_manual},
      {"trace", "simulate and write what passes every port", trace_command, trace_manual},
      {"compare", "find where a trace first differs from a golden one", compare_command, compare_manual},
      {"check", "find what in a trace breaks the units' contracts", check_command, check_manual},
      {"vectors", "write a layer's stimulus and response for $readmemh", vectors_command, vectors_manual},
      {"program", "write what a processor loads into memory and registers", program_command, program_manual},
      {"report", "show a run or a sweep as a page with charts", report_command, report_manual},
      {"diff", "say how runs differ, the largest changes first", diff_command, diff_manual},
      {"networks", "list the built-in networks", networks_command, networks_manual},
      {"platforms", "list the built-in platforms and all their parameters", platforms_command, platforms_manual},
      {"figures", "list the figures of runs and sweeps with unit and meaning", figures_command, figures_manual},
      {"import", "check a network in an ONNX file and write out its parts", import_command, import_manual},
      {"export", "write a network as an ONNX file", export_command, export_manual},
      {"calibrate", "fit free constants to published latencies and predict the others", calibrate_command,
       calibrate_manual},
      {"dram", "measure the DRAM model beside three public simulators", dram_command, dram_manual},
      {"registers", "write the register map for C, IP-XACT or Markdown", registers_command, registers_manual},
      {"manual", "write man pages and completion of shells", manual_command, manual_manual},
  };
  return all;
}

const Command& find_command(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& command : commands()) {
    if (name == command.name) return command;
    names.emplace_back(command.name);
  }
  for (const char* other : {"help", "version", "--help", "--version"}) names.emplace_back(other);
  throw UserError(fmt::format("unknown subcommand '{}'{}", name, did_you_mean(name, names, "ernsim help lists them")));
}

}  // namespace ernsim::tools
