#include "platforms/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "config/did_you_mean.h"
#include "config/toml_text.h"
#include "platforms/built_in_platforms.h"
#include "platforms/setting.h"

namespace ernsim {

namespace {

std::string location(const toml::node& node, const std::string& file_name) {
  return fmt::format("{}:{}", file_name, node.source().begin.line);
}

Setting make_setting(const std::string& section, const toml::key& key, const toml::node& node,
                     const std::string& file_name) {
  Setting setting{location(node, file_name), section, std::string(key.str()), {}};
  if (const auto integer = node.value_exact<std::int64_t>())
    setting.value = *integer;
  else if (const auto real = node.value_exact<double>())
    setting.value = *real;
  else if (const auto boolean = node.value_exact<bool>())
    setting.value = *boolean;
  else if (const auto text = node.value_exact<std::string>())
    setting.value = *text;
  else
    throw ConfigError(
        fmt::format("{}: {}.{}: must be a number, true, false or a quoted name", setting.where, section, setting.key));
  return setting;
}

/// Reads the tables [traffic.NAME].
void read_traffic(const toml::table& sources, const std::string& file_name, PlatformConfig& config) {
  for (const auto& [key, node] : sources) {
    const std::string section = "traffic." + std::string(key.str());
    const auto* table = node.as_table();
    if (table == nullptr)
      throw ConfigError(fmt::format("{}: {}: must be a section [traffic.NAME]", location(node, file_name), section));
    make_traffic(section, location(node, file_name), config);
    for (const auto& [inner, value] : *table) apply(make_setting(section, inner, value, file_name), config);
  }
}

/// Reads a key outside all sections: the platform's name, or a section's table.
void read_top_level(const toml::key& key, const toml::node& node, const std::string& file_name,
                    PlatformConfig& config) {
  const std::string name(key.str());
  const auto* table = node.as_table();
  if (table != nullptr && name == "traffic") {
    read_traffic(*table, file_name, config);
  } else if (table != nullptr && name == "usual_axes") {
    return;  // what a sweep varies, not a value: usual_axes.h
  } else if (table != nullptr) {
    require_section(name, location(node, file_name), config);
    for (const auto& [inner, value] : *table) apply(make_setting(name, inner, value, file_name), config);
  } else if (name == "name" && node.value_exact<std::string>()) {
    config.name = *node.value_exact<std::string>();
  } else if (name == "name") {
    throw ConfigError(fmt::format("{}: name: must be a quoted text", location(node, file_name)));
  } else {
    throw ConfigError(fmt::format("{}: {}: no such key outside a section; only name may stand there{}",
                                  location(node, file_name), name, did_you_mean(name, {"name"})));
  }
}

void read_toml(const std::string& toml, const std::string& file_name, PlatformConfig& config) {
  for (const auto& [key, node] : parse_toml(toml, file_name)) read_top_level(key, node, file_name, config);
}

void apply_set_options(const std::vector<std::string>& set_options, PlatformConfig& config) {
  for (const auto& text : set_options) apply(parse_set_option(text), config);
}

/// validate() does not know where its values came from: say so.
void check_together(const PlatformConfig& config, const std::string& origin) try {
  validate(config);
} catch (const ConfigError& error) {
  throw ConfigError(fmt::format("{}: {}", origin, error.what()));
}

PlatformConfig kv260() {
  PlatformConfig config;
  read_toml(built_in_platform_files[0].toml, "platforms/kv260.toml", config);
  return config;
}

/// What its file says, and otherwise kv260.
PlatformConfig built_in(const std::string& name) {
  PlatformConfig config = kv260();
  for (const BuiltInPlatform& each : built_in_platform_files)
    if (name == each.name) read_toml(each.toml, "platforms/" + name + ".toml", config);
  return config;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) throw ConfigError(fmt::format("{}: cannot be read", path));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

const std::vector<std::string>& built_in_platforms() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const BuiltInPlatform& each : built_in_platform_files) all.emplace_back(each.name);
    return all;
  }();
  return names;
}

PlatformConfig parse_platform(const std::string& toml, const std::string& file_name,
                              const std::vector<std::string>& set_options) {
  PlatformConfig config = kv260();
  config.name = std::filesystem::path(file_name).stem().string();
  read_toml(toml, file_name, config);
  apply_set_options(set_options, config);
  check_together(config, set_options.empty() ? file_name : file_name + " with --set");
  return config;
}

PlatformConfig load_platform(const std::string& name_or_path, const std::vector<std::string>& set_options) {
  const auto& names = built_in_platforms();
  if (std::find(names.begin(), names.end(), name_or_path) == names.end()) {
    if (!std::filesystem::exists(name_or_path))
      throw ConfigError(fmt::format("platform '{}': no such file and not built in{}; built in: {}", name_or_path,
                                    did_you_mean(name_or_path, names), listed(names)));
    return parse_platform(read_text(name_or_path), name_or_path, set_options);
  }
  PlatformConfig config = built_in(name_or_path);
  apply_set_options(set_options, config);
  check_together(config, set_options.empty() ? "platform " + name_or_path : "--set");
  return config;
}

}  // namespace ernsim
