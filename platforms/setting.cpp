#include "platforms/setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

#include "config/did_you_mean.h"
#include "output/text_table.h"
#include "platforms/named_part.h"

namespace ernsim {

namespace {

const std::string traffic_section = "traffic.";
constexpr std::size_t most_sources = 16;

bool is_name(const std::string& name) {
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), allowed);
}

struct KnownKey {
  std::string section;
  std::string key;
};

std::vector<KnownKey> known_keys(const PlatformConfig& config) {
  std::vector<KnownKey> keys;
  visit_parameters(config, [&](const char* section, const ParameterInfo& info, const auto&, auto...) {
    keys.push_back({section, info.key});
  });
  return keys;
}

[[noreturn]] void reject_key(const Setting& setting, const PlatformConfig& config) {
  std::vector<std::string> keys;
  for (const auto& known : known_keys(config))
    if (known.section == setting.section) keys.push_back(known.key);
  throw ConfigError(fmt::format("{}: {}.{}: no such key{}", setting.where, setting.section, setting.key,
                                did_you_mean(setting.key, keys, "there are " + listed(keys))));
}

std::string shown(const Setting& setting) {
  if (const auto* real = std::get_if<double>(&setting.value)) return decimal(*real);
  return std::visit([](const auto& value) { return fmt::format("{}", value); }, setting.value);
}

[[noreturn]] void reject_value(const Setting& setting, const std::string& allowed) {
  throw ConfigError(
      fmt::format("{}: {}.{} = {}: must be {}", setting.where, setting.section, setting.key, shown(setting), allowed));
}

/// Assigns the setting's value to the one parameter whose name matches.
class Assign {
 public:
  explicit Assign(const Setting& setting) : setting_(setting) {}

  bool done() const { return done_; }

  template <class Value, class... Names>
  void operator()(const char* section, const ParameterInfo& info, Value& value, Names... names) {
    if (section != setting_.section || info.key != setting_.key) return;
    assign(info, value, names...);
    done_ = true;
  }

 private:
  void assign(const ParameterInfo& info, std::int64_t& value) const {
    const std::string allowed = fmt::format("an integer from {} to {}", info.minimum, info.maximum);
    const auto* given = std::get_if<std::int64_t>(&setting_.value);
    if (given == nullptr) reject_value(setting_, allowed);
    const auto real = static_cast<double>(*given);
    if (real < info.minimum || real > info.maximum) reject_value(setting_, allowed);
    value = *given;
  }

  void assign(const ParameterInfo& info, double& value) const {
    const std::string allowed = fmt::format("a number from {} to {}", info.minimum, info.maximum);
    double given = 0;
    if (const auto* integer = std::get_if<std::int64_t>(&setting_.value))
      given = static_cast<double>(*integer);
    else if (const auto* real = std::get_if<double>(&setting_.value))
      given = *real;
    else
      reject_value(setting_, allowed);
    if (!std::isfinite(given) || given < info.minimum || given > info.maximum) reject_value(setting_, allowed);
    value = given;
  }

  void assign(const ParameterInfo&, bool& value) const {
    const auto* given = std::get_if<bool>(&setting_.value);
    if (given == nullptr) reject_value(setting_, "true or false");
    value = *given;
  }

  void assign(const ParameterInfo&, DramPart& value) const try {
    const auto* given = std::get_if<std::string>(&setting_.value);
    if (given == nullptr) reject_value(setting_, "a quoted name or file");
    value = named_dram_part(*given);
  } catch (const ConfigError& error) {
    throw ConfigError(fmt::format("{}: {}.{}: {}", setting_.where, setting_.section, setting_.key, error.what()));
  }

  template <class Enum>
  void assign(const ParameterInfo&, Enum& value, EnumNames<Enum> names) const {
    std::vector<std::string> allowed;
    const auto* given = std::get_if<std::string>(&setting_.value);
    for (const auto& [name, candidate] : names) {
      allowed.emplace_back(name);
      if (given != nullptr && *given == name) return void(value = candidate);
    }
    reject_value(setting_, "one of " + listed(allowed) + (given != nullptr ? did_you_mean(*given, allowed) : ""));
  }

  const Setting& setting_;
  bool done_ = false;
};

template <class Number>
bool parse_whole(const std::string& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

/// For a key without its section.
std::string with_section(const std::string& key) {
  for (const auto& known : known_keys(PlatformConfig{}))
    if (known.key == key) return fmt::format("; did you mean {}.{}?", known.section, key);
  return "";
}

}  // namespace

Setting parse_set_option(const std::string& text) {
  const auto equals = text.find('=');
  const auto dot = key_dot(text.substr(0, equals));
  if (equals == std::string::npos || dot == std::string::npos || dot > equals || equals + 1 == text.size())
    throw ConfigError(fmt::format("--set '{}': must be section.key=value, as in convolution.lanes=3{}", text,
                                  with_section(text.substr(0, equals))));
  Setting setting{"--set", text.substr(0, dot), text.substr(dot + 1, equals - dot - 1), {}};
  const std::string value = text.substr(equals + 1);
  std::int64_t integer = 0;
  double real = 0;
  if (value == "true" || value == "false")
    setting.value = value == "true";
  else if (parse_whole(value, integer))
    setting.value = integer;
  else if (parse_whole(value, real))
    setting.value = real;
  else
    setting.value = value;
  return setting;
}

std::size_t key_dot(const std::string& name) {
  return name.rfind(traffic_section, 0) == 0 ? name.find('.', traffic_section.size()) : name.find('.');
}

void make_traffic(const std::string& section, const std::string& where, PlatformConfig& config) {
  if (section.rfind(traffic_section, 0) != 0) return;
  const std::string name = section.substr(traffic_section.size());
  const auto by_name = [](const TrafficConfig& each, const std::string& other) { return each.name < other; };
  const auto place = std::lower_bound(config.traffic.begin(), config.traffic.end(), name, by_name);
  if (place != config.traffic.end() && place->name == name) return;
  if (!is_name(name))
    throw ConfigError(fmt::format("{}: [{}]: a source's name has 1 to 32 letters, digits and _", where, section));
  if (config.traffic.size() == most_sources)
    throw ConfigError(
        fmt::format("{}: [{}]: there are {} sources already, the most there may be", where, section, most_sources));
  config.traffic.insert(place, TrafficConfig{})->name = name;
}

void require_section(const std::string& section, const std::string& where, const PlatformConfig& config) {
  std::vector<std::string> sections;
  for (const auto& known : known_keys(config)) {
    if (known.section == section) return;
    if (sections.empty() || sections.back() != known.section) sections.push_back(known.section);
  }
  sections.emplace_back("traffic");
  throw ConfigError(fmt::format("{}: [{}]: no such section{}", where, section,
                                did_you_mean(section, sections, "there are " + listed(sections))));
}

void apply(const Setting& setting, PlatformConfig& config) {
  make_traffic(setting.section, setting.where, config);
  require_section(setting.section, setting.where, config);
  Assign assign(setting);
  visit_parameters(config, assign);
  if (!assign.done()) reject_key(setting, config);
}

}  // namespace ernsim
