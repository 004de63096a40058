#include "tools/reproduce.h"

#include "output/shell_word.h"

namespace ernsim::tools {

std::string reproducing_command(const CommandLine& line, const std::vector<std::string>& settings) {
  std::string command = "ernsim run";
  for (const char* option : {"network", "stem", "input-size", "thermometer", "weights", "seed", "platform"})
    if (line.has(option)) command += std::string(" --") + option + " " + shell_word(line.get(option));
  for (const std::string& setting : settings) command += " --set " + shell_word(setting);
  for (const char* option : {"image", "schedule", "data", "frames", "rtl"})
    if (line.has(option)) command += std::string(" --") + option + " " + shell_word(line.get(option));
  return command;
}

}  // namespace ernsim::tools
