#include "tools/completion.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "models/dram/dram_part.h"
#include "platforms/config_file.h"
#include "platforms/parameters.h"
#include "simulation/figures.h"
#include "workloads/network_file.h"
#include "workloads/network_plan.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

/// Options whose values have names.
const std::map<std::string, std::string> list_of_option{
    {"network", "networks"}, {"platform", "platforms"}, {"part", "parts"}, {"want", "figures"}, {"best", "objectives"},
};

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

/// "on|off", but not "NAME|FILE" or "N".
std::vector<std::string> choices(const std::string& value) {
  const auto is_choice = [](unsigned char c) { return std::islower(c) != 0 || c == '|'; };
  std::vector<std::string> found;
  if (!std::all_of(value.begin(), value.end(), is_choice)) return found;
  std::istringstream words(value);
  for (std::string word; std::getline(words, word, '|');) found.push_back(word);
  return found;
}

void add_platform_keys(std::vector<std::string>& keys) {
  for (const Parameter& each : parameters(load_platform("kv260", {}))) keys.push_back(each.name() + "=");
}

void add_network_keys(std::vector<std::string>& keys) {
  for (const auto& each : workloads::parameters(workloads::load_plan("ERNs18", {})))
    keys.push_back(each.setting() + "=");
}

/// What --set of a subcommand changes.
std::string list_of_set(const std::string& command, const std::string& value) {
  if (has(value, "network.")) return "network_keys";
  return command == "calibrate" ? "platform_keys" : "keys";  // its networks are those of the paper
}

}  // namespace

Candidates candidates_of(const std::string& command, const boost::program_options::option_description& option) {
  const std::string value = option.format_parameter();
  Candidates found;
  found.words = choices(value);
  found.files = has(value, "FILE") || has(value, "GOLDEN");
  found.folders = has(value, "DIR");
  if (const auto list = list_of_option.find(option.long_name()); list != list_of_option.end())
    found.list = list->second;
  if (option.long_name() == "toml") found.list = command;  // a network, or a platform
  if (option.long_name() == "set") found.list = list_of_set(command, value);
  return found;
}

Candidates word_candidates(const Command& command) {
  const std::string usage = command.manual().usage.front();
  const std::string words = usage.substr(0, std::min(usage.find(" --"), usage.find(" [")));
  Candidates found;
  found.files =
      has(words, ".json") || has(words, ".toml") || has(words, ".onnx") || has(words, "TRACE") || has(words, "GOLDEN");
  found.folders = has(words, "DIR");
  if (has(words, "NAME")) found.list = "networks";
  return found;
}

Options all_options(const Command& command) {
  const auto own = command.manual().options, general = general_options();
  Options all = own.options();
  all.insert(all.end(), general.options().begin(), general.options().end());
  return all;
}

std::vector<std::string> option_names(const Command& command) {
  std::vector<std::string> found;
  for (const auto& each : all_options(command)) found.push_back("--" + each->long_name());
  return found;
}

std::vector<std::string> shared_list(const std::string& name) {
  std::vector<std::string> found;
  if (name == "networks") return workloads::network_names();
  if (name == "platforms") return built_in_platforms();
  if (name == "parts") return dram_part_names();
  if (name == "keys" || name == "platform_keys") add_platform_keys(found);
  if (name == "keys" || name == "network_keys") add_network_keys(found);
  if (name == "figures")
    for (const Figure& each : figures()) found.emplace_back(each.name);
  if (name == "objectives")
    for (const char* direction : {"max ", "min "})
      for (const Figure& each : figures()) found.push_back(direction + std::string(each.name));
  if (name == "commands") {
    for (const Command& each : commands()) found.emplace_back(each.name);
    found.insert(found.end(), {"help", "version"});
  }
  return found;
}

bool is_of_beginnings(const std::string& list) {
  return list == "figures" || list == "keys" || list == "platform_keys" || list == "network_keys";
}

std::vector<std::string> settings_by_name() {
  std::vector<std::string> found;
  for (const Parameter& each : parameters(load_platform("kv260", {}))) {
    const bool is_boolean = std::holds_alternative<bool>(each.typed);
    for (const std::string& value : is_boolean ? std::vector<std::string>{"true", "false"} : each.names)
      found.push_back(each.name() + "=" + value);
  }
  return found;
}

}  // namespace ernsim::tools
