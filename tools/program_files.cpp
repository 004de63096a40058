#include "tools/program_files.h"

#include <fmt/format.h>

#include <string_view>

#include "models/accelerator/control/control.h"
#include "models/accelerator/control/register_map.h"
#include "models/platform/program_file.h"
#include "models/platform/program_image.h"
#include "output/json_text.h"

namespace ernsim::tools {

namespace {

using nlohmann::ordered_json;

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

std::vector<std::string> write_program(const CompiledJob& compiled, OutputDirectory& directory) {
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
  return {"program.bin", "memory.bin", "memory.memh", "registers.csv", "program.json"};
}

}  // namespace ernsim::tools
