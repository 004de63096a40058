#include "workloads/network_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "config/did_you_mean.h"
#include "config/toml_text.h"
#include "workloads/built_in_networks.h"
#include "workloads/error.h"
#include "workloads/networks.h"

namespace ernsim::workloads {

namespace {

class PlanReader {
 public:
  PlanReader(std::string file_name, NetworkPlan& plan) : file_name_(std::move(file_name)), plan_(plan) {}

  void read(const toml::table& file) {
    for (const auto& [key, node] : file)
      if (!node.is_table()) apply(setting("", key, node), plan_);
    if (plan_.stem.empty()) plan_.stem.resize(count(file, "stem"));
    for (std::size_t i = 0; plan_.stem_kind == StemKind::other && i < plan_.stem.size(); ++i)
      plan_.stem[i].name = fmt::format("conv{}", i + 1);
    plan_.stages.resize(count(file, "stage"));
    plan_.heads.resize(count(file, "head"));
    for (const auto& [section, node] : file)
      if (const auto* table = node.as_table())
        for (const auto& [key, value] : *table) apply(setting(std::string(section.str()), key, value), plan_);
  }

 private:
  static constexpr std::size_t most_sections = 64;  // of a kind

  std::string where(const toml::node& node) const { return fmt::format("{}:{}", file_name_, node.source().begin.line); }

  NetworkSetting setting(const std::string& section, const toml::key& key, const toml::node& node) const {
    NetworkSetting made{where(node), section, std::string(key.str()), {}};
    if (const auto integer = node.value_exact<std::int64_t>())
      made.value = *integer;
    else if (const auto boolean = node.value_exact<bool>())
      made.value = *boolean;
    else if (const auto text = node.value_exact<std::string>())
      made.value = *text;
    else
      throw ConfigError(
          fmt::format("{}: {}: must be a whole number, true, false or a quoted text", made.where, made.key));
    return made;
  }

  /// Sections "stage1", "stage2" and so on, without a gap.
  std::size_t count(const toml::table& file, const std::string& kind) const {
    std::size_t found = 0;
    while (found < most_sections && file.contains(kind + std::to_string(found + 1))) ++found;
    return found;
  }

  std::string file_name_;
  NetworkPlan& plan_;
};

std::string read_text(const std::string& path) {
  if (!std::filesystem::exists(path)) throw ConfigError(fmt::format("{}: no such file", path));
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) throw ConfigError(fmt::format("{}: cannot be read", path));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

bool is_network_toml(const std::string& name) {
  const auto names = network_names();
  return std::find(names.begin(), names.end(), name) == names.end() &&
         std::filesystem::path(name).extension() == ".toml";
}

NetworkPlan parse_plan(const std::string& toml, const std::string& file_name,
                       const std::vector<std::string>& settings) {
  NetworkPlan plan;
  plan.name = std::filesystem::path(file_name).stem().string();
  plan.stem = stem_layers(plan.stem_kind);
  PlanReader(file_name, plan).read(parse_toml(toml, file_name));
  if (!plan.weights_text.empty())
    plan.weights = (std::filesystem::path(file_name).parent_path() / plan.weights_text).string();
  std::vector<NetworkSetting> changes;
  for (const std::string& each : settings) changes.push_back(parse_network_setting(each));
  apply(std::move(changes), plan);
  return plan;
}

NetworkPlan load_plan(const std::string& name_or_path, const std::vector<std::string>& settings) {
  for (const BuiltInNetwork& each : built_in_network_files)
    if (name_or_path == each.name) return parse_plan(each.toml, each.name + std::string(".toml"), settings);
  if (!is_network_toml(name_or_path))
    throw WorkloadError(fmt::format("no network '{}'{}; there are {}, or a path to a .toml or .onnx file", name_or_path,
                                    did_you_mean(name_or_path, network_names()), fmt::join(network_names(), ", ")));
  return parse_plan(read_text(name_or_path), name_or_path, settings);
}

std::string toml_text(const NetworkPlan& plan) {
  std::string text, section;
  for (const NetworkParameter& each : parameters(plan)) {
    if (each.section != section) text += fmt::format("\n[{}]\n", section = each.section);
    const std::string unit = *each.info.unit == '\0' ? "" : fmt::format(" {}", each.info.unit);
    text += fmt::format("# {}\n#   allowed: {}{}; source: {}\n{} = {}\n", each.info.meaning, each.allowed, unit,
                        each.info.source, each.info.key, each.value);
  }
  return text;
}

}  // namespace ernsim::workloads
