#include "config/user_error.h"
#include "output/output_file.h"
#include "tools/commands.h"
#include "tools/network_choice.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description = network_options();
  description.add_options()("set", po::value<std::vector<std::string>>()->value_name("network.KEY=VALUE"),
                            "change one parameter of the network; may be repeated");
  description.add_options()("onnx", po::value<std::string>()->value_name("FILE"),
                            "the ONNX file to write; - is standard output");
  return description;
}

}  // namespace

int export_command(const Arguments& arguments) {
  const CommandLine line = CommandLine(arguments, options(), 1).with_positional_as("network");
  if (!line.has("onnx")) throw UserError("export needs --onnx FILE");
  OutputFile file(line.get("onnx"));
  file.write(from_user([&] {
    if (line.has("network")) require_network_settings(line, line.get("network"));
    return workloads::export_onnx(choose_parameters(line));
  }));
  return 0;
}

Manual export_manual() {
  return {{"export NAME|FILE.toml|FILE.onnx --onnx FILE.onnx [OPTIONS]"},
          "Writes a network as the official library exports it (opset 11 and domain lm), for a framework or for "
          "--network. Every sign and threshold of the file is that of the network; scales of results are rounded to "
          "single precision. QONNX files and a second pooled result are refused.",
          options()};
}

}  // namespace ernsim::tools
