#include "workloads/network_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "config/did_you_mean.h"

namespace ernsim::workloads {

namespace {

constexpr const char* prefix = "network.";

std::string full_name(const std::string& section, const std::string& key) {
  return prefix + (section.empty() ? key : section + "." + key);
}

/// Takes the value of a setting for the parameter that it names.
class Applier {
 public:
  explicit Applier(const NetworkSetting& setting) : setting_(setting) {}

  void operator()(const std::string& section, const ParameterInfo& info, std::int64_t& value) {
    if (!is_meant(section, info)) return;
    const auto* given = std::get_if<std::int64_t>(&setting_.value);
    const auto low = static_cast<std::int64_t>(info.minimum), high = static_cast<std::int64_t>(info.maximum);
    if (given == nullptr || *given < low || *given > high)
      refuse(fmt::format("must be a whole number from {} to {}", low, high));
    value = *given;
  }
  void operator()(const std::string& section, const ParameterInfo& info, bool& value) {
    if (!is_meant(section, info)) return;
    const auto* given = std::get_if<bool>(&setting_.value);
    if (given == nullptr) refuse("must be true or false");
    value = *given;
  }
  void operator()(const std::string& section, const ParameterInfo& info, std::string& value) {
    if (!is_meant(section, info)) return;
    const auto* given = std::get_if<std::string>(&setting_.value);
    if (given == nullptr) refuse("must be a quoted text");
    value = *given;
  }
  template <class Enum>
  void operator()(const std::string& section, const ParameterInfo& info, Enum& value, EnumNames<Enum> names) {
    if (!is_meant(section, info)) return;
    const auto* given = std::get_if<std::string>(&setting_.value);
    std::vector<std::string> allowed;
    for (const auto& [name, candidate] : names) {
      if (given != nullptr && *given == name) {
        value = candidate;
        return;
      }
      allowed.emplace_back(name);
    }
    refuse("must be one of " + listed(allowed) + (given == nullptr ? "" : did_you_mean(*given, allowed)));
  }

  bool found() const { return found_; }
  std::vector<std::string> keys, sections;  ///< of the section, and all of them

 private:
  bool is_meant(const std::string& section, const ParameterInfo& info) {
    if (sections.empty() || sections.back() != section) sections.push_back(section);
    if (section != setting_.section) return false;
    keys.emplace_back(info.key);
    found_ = found_ || setting_.key == info.key;
    return setting_.key == info.key;
  }
  [[noreturn]] void refuse(const std::string& what) const {
    const std::string given = std::visit([](const auto& each) { return fmt::format("{}", each); }, setting_.value);
    throw ConfigError(
        fmt::format("{}: {}: {} {}", setting_.where, full_name(setting_.section, setting_.key), given, what));
  }

  const NetworkSetting& setting_;
  bool found_ = false;
};

/// As a basic string of TOML.
std::string quoted(const std::string& text) {
  constexpr char first_printable = ' ', deleted = 127;
  std::string made = "\"";
  for (const char each : text)
    if (each == '"' || each == '\\')
      made += {'\\', each};
    else if ((each >= 0 && each < first_printable) || each == deleted)
      made += fmt::format("\\u{:04x}", static_cast<int>(each));
    else
      made += each;
  return made + '"';
}

/// Collects what visit_network shows.
struct Collect {
  std::vector<NetworkParameter>& list;

  void operator()(const std::string& section, const ParameterInfo& info, std::int64_t value) {
    list.push_back({section, info, std::to_string(value), fmt::format("{:.0f} to {:.0f}", info.minimum, info.maximum)});
  }
  void operator()(const std::string& section, const ParameterInfo& info, bool value) {
    list.push_back({section, info, value ? "true" : "false", "true or false"});
  }
  void operator()(const std::string& section, const ParameterInfo& info, const std::string& value) {
    list.push_back({section, info, quoted(value), "a path"});
  }
  template <class Enum>
  void operator()(const std::string& section, const ParameterInfo& info, Enum value, EnumNames<Enum> names) {
    std::vector<std::string> allowed;
    std::string current;
    for (const auto& [name, candidate] : names) {
      allowed.emplace_back(name);
      if (candidate == value) current = fmt::format("\"{}\"", name);
    }
    list.push_back({section, info, current, listed(allowed)});
  }
};

decltype(NetworkSetting::value) value_of(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return text;
}

}  // namespace

std::vector<StemLayer> stem_layers(StemKind kind) {
  std::vector<StemLayer> layers;
  if (kind == StemKind::other) return layers;
  layers = {{"conv1", 64, 3, 2}, {"conv2", 64, 3, 1}, {"conv_downsample", 64, 3, 2}};
  if (kind == StemKind::paper) layers.push_back({"conv_extra", 64, 3, 1});  // not in the release, so its name is ours
  layers.push_back({"conv1_2", 64, 1, 1});
  return layers;
}

bool is_network_setting(const std::string& text) { return text.rfind(prefix, 0) == 0; }

NetworkSetting parse_network_setting(const std::string& text, const std::string& where) {
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals).substr(std::string(prefix).size());
  if (equals == std::string::npos || name.empty())
    throw ConfigError(fmt::format("{} '{}': must be network.key=value, as in network.stage2.width=96", where, text));
  const auto dot = name.find('.');
  const std::string section = dot == std::string::npos ? "" : name.substr(0, dot);
  return {where, section, dot == std::string::npos ? name : name.substr(dot + 1), value_of(text.substr(equals + 1))};
}

void apply(const NetworkSetting& setting, NetworkPlan& plan) {
  const StemKind stem = plan.stem_kind;
  Applier applier(setting);
  visit_network(plan, applier);
  const std::string name = full_name(setting.section, setting.key);
  if (applier.keys.empty()) {
    applier.sections.erase(applier.sections.begin());  // the one without a name
    throw ConfigError(
        fmt::format("{}: {}: the network {} has no section {}{}", setting.where, name, plan.name, setting.section,
                    did_you_mean(setting.section, applier.sections, "there are " + listed(applier.sections))));
  }
  if (!applier.found())
    throw ConfigError(fmt::format("{}: {}: no such parameter{}", setting.where, name,
                                  did_you_mean(setting.key, applier.keys, "there are " + listed(applier.keys))));
  if (setting.section.empty() && setting.key == "weights") plan.weights = plan.weights_text;
  if (plan.stem_kind != stem) plan.stem = stem_layers(plan.stem_kind);
}

void apply(std::vector<NetworkSetting> settings, NetworkPlan& plan) {
  std::stable_partition(settings.begin(), settings.end(),
                        [](const auto& each) { return each.section.empty() && each.key == "stem"; });
  for (const NetworkSetting& each : settings) apply(each, plan);
}

std::vector<NetworkParameter> parameters(const NetworkPlan& plan) {
  std::vector<NetworkParameter> list;
  visit_network(plan, Collect{list});
  return list;
}

}  // namespace ernsim::workloads
