#include <fmt/format.h>
#include <fmt/ostream.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "config/user_error.h"
#include "models/accelerator/control/control.h"
#include "models/accelerator/control/register_map.h"
#include "models/platform/program_file.h"
#include "models/platform/program_image.h"
#include "output/json_text.h"
#include "output/output_directory.h"
#include "output/output_file.h"
#include "tools/commands.h"
#include "tools/selection.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;
using nlohmann::ordered_json;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description program("Program");
  program.add_options()("out", text("DIR"), "where the files go");
  po::options_description all = selection_options();
  all.add(program);
  return all;
}

std::string_view view(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// 16 bytes a line for $readmemh, as one number: the last byte first.
std::string memh(const std::vector<std::uint8_t>& memory) {
  constexpr std::size_t bytes_per_line = 16;
  std::string text;
  for (std::size_t i = 0; i < memory.size(); i += bytes_per_line) {
    for (std::size_t b = bytes_per_line; b-- > 0;)
      text += fmt::format("{:02x}", i + b < memory.size() ? memory[i + b] : 0);
    text += '\n';
  }
  return text;
}

/// "stream_address[2]"
std::string register_name(std::uint32_t number) {
  const RegisterInfo& info = *find_register(number);
  return info.count == 1 ? info.name : fmt::format("{}[{}]", info.name, number - number_of(info.first));
}

std::string register_csv(const HostProgram& host) {
  std::string text = "offset,value,name\n";
  for (const auto& [number, value] : host.registers)
    text += fmt::format("{:#x},{:#x},{}\n", number * register_bytes, value, register_name(number));
  return text;
}

ordered_json description(const Job& job, const Program& program, const HostProgram& host, std::uint32_t configuration) {
  return {
      {"network", job.graph().network},
      {"platform", job.platform.name},
      {"settings", job.settings},
      {"configuration", configuration},
      {"memory_bytes", program.external_bytes},
      {"input", {{"address", program.input_address}, {"height", program.input_height}, {"width", program.input_width}}},
      {"result",
       {{"address", host.logits.address},
        {"height", host.logits.height},
        {"width", host.logits.width},
        {"block_channels", host.logits.block_channels},
        {"classes", host.logits.scale.size()}}}};
}

}  // namespace

int program_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  if (!line.has("out")) throw UserError("program needs --out");
  OutputDirectory directory(line.get("out"));
  const CompiledJob compiled = compiled_with_notes(make_job(line));
  const Program& program = compiled.program;
  const auto& accelerator = compiled.job.platform.accelerator;
  const HostProgram host = host_program(program, accelerator.convolution.block_channels);
  const std::uint32_t configuration = configuration_word(accelerator.convolution);
  const auto file = program_file(program, host, configuration);
  std::vector<std::uint8_t> memory(program.external_bytes);
  place(program, memory);
  directory.write("program.bin", view(file));
  directory.write("memory.bin", view(memory));
  directory.write("memory.memh", memh(memory));
  directory.write("registers.csv", register_csv(host));
  directory.write("program.json", json_text(description(compiled.job, program, host, configuration)));
  directory.commit();
  print(fmt::format("{} bytes of memory, {} registers\n", memory.size(), host.registers.size()));
  return 0;
}

std::string program_help() {
  return fmt::format(
      "usage: ernsim program --network NAME|FILE --out DIR [OPTIONS]\n\n"
      "Writes what a processor places before it starts the accelerator: program.bin for the driver in driver/, and the "
      "same\napart, for benches: memory.bin and memory.memh (16 bytes a line, the last first) from the base address "
      "on, "
      "registers.csv\nin the order of writing, program.json with the places of input and result.\n\n{}",
      fmt::streamed(options()));
}

}  // namespace ernsim::tools
