#include "tools/reproduce.h"

#include <algorithm>
#include <cctype>

namespace ernsim::tools {

std::string shell_word(const std::string& text) {
  const auto harmless = [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string("_-+=.,/:@%").find(static_cast<char>(c)) != std::string::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), harmless)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string{c};
  return word + "'";
}

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
