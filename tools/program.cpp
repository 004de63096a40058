#include <fmt/format.h>

#include "config/user_error.h"
#include "models/platform/program_file.h"
#include "models/platform/program_image.h"
#include "output/output_directory.h"
#include "output/output_file.h"
#include "tools/commands.h"
#include "tools/program_files.h"
#include "tools/selection.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

po::options_description options() {
  auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  po::options_description program("Program");
  program.add_options()("out", text("DIR"), "where the files go");
  po::options_description all = selection_options();
  all.add(program);
  return all;
}

}  // namespace

int program_command(const Arguments& arguments) {
  const CommandLine line(arguments, options());
  if (!line.has("out")) throw UserError("program needs --out");
  OutputDirectory directory(line.get("out"));
  const CompiledJob compiled = compiled_with_notes(make_job(line));
  write_program(compiled, directory);
  directory.commit();
  const auto registers =
      host_program(compiled.program, compiled.job.platform.accelerator.convolution.block_channels).registers;
  print(fmt::format("{} bytes of memory, {} registers\n", compiled.program.external_bytes, registers.size()));
  return 0;
}

Manual program_manual() {
  return {{"program --network NAME|FILE --out DIR [OPTIONS]"},
          "Writes what a processor places before it starts the accelerator: program.bin for the driver in driver/, and "
          "the same apart, for benches: memory.bin and memory.memh (16 bytes a line, the last first) from the base "
          "address on, registers.csv in the order of writing, program.json with the places of input and result.",
          options()};
}

}  // namespace ernsim::tools
