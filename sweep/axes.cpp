#include "sweep/axes.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <set>

#include "platforms/config_file.h"
#include "platforms/setting.h"

namespace ernsim {

namespace {

using Value = decltype(Setting::value);

constexpr std::int64_t most_values = 10000;

std::string text_of(const Value& value) {
  return std::visit([](const auto& each) { return fmt::format("{}", each); }, value);
}

/// The same text for equal values: 100 and 100.0.
std::string same_text(const Value& value) {
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole == nullptr ? text_of(value) : fmt::format("{}", static_cast<double>(*whole));
}

class AxisReader {
 public:
  /// `section`: of the file, for messages.
  AxisReader(const std::string& path, const char* section, const std::string& platform,
             const std::vector<std::string>& settings, const SweepNetworks& networks)
      : path_(path), section_(section), config_(load_platform(platform, settings)), networks_(networks) {}

  SweepAxis read(const std::string& key, const toml::node& node) {
    const auto dot = key_dot(key);
    if (dot == std::string::npos)
      refuse(node, fmt::format("{}: must be \"section.key\" in quotes, as in \"convolution.lanes\"", key));
    SweepAxis axis{key, {}};
    std::set<std::string> seen;
    const bool one = section_ == std::string("set");
    for (const Value& value : one ? std::vector<Value>{value_of(node, key)} : values(node, key)) {
      if (workloads::is_network_setting(key))
        networks_.check(workloads::parse_network_setting(key + "=" + text_of(value), where(node)));
      else
        apply(Setting{where(node), key.substr(0, dot), key.substr(dot + 1), value}, config_);
      axis.values.push_back(text_of(value));
      if (!seen.insert(same_text(value)).second) refuse(node, fmt::format("{}: {} stands twice", key, text_of(value)));
    }
    return axis;
  }

 private:
  std::string where(const toml::node& node) const {
    return fmt::format("{}:{}: {}", path_, node.source().begin.line, section_);
  }
  [[noreturn]] void refuse(const toml::node& node, const std::string& what) const {
    throw ConfigError(fmt::format("{}: {}", where(node), what));
  }

  std::vector<Value> values(const toml::node& node, const std::string& key) const {
    if (const auto* range = node.as_table()) return range_values(*range, key);
    const auto* list = node.as_array();
    if (list == nullptr)
      refuse(node, fmt::format("{}: must be a list of values, as in [1, 2], or a range, as in "
                               "{{ from = 1, to = 4, step = 1 }}",
                               key));
    if (list->empty()) refuse(node, fmt::format("{}: must have at least one value", key));
    std::vector<Value> found;
    for (const auto& each : *list) found.push_back(value_of(each, key));
    return found;
  }

  Value value_of(const toml::node& node, const std::string& key) const {
    if (const auto value = node.value_exact<std::int64_t>()) return *value;
    if (const auto value = node.value_exact<double>()) return *value;
    if (const auto value = node.value_exact<bool>()) return *value;
    if (const auto value = node.value_exact<std::string>()) return name_of(node, *value, key);
    refuse(node, fmt::format("{}: a value must be a number, true, false or a quoted name", key));
  }

  /// A name stands in quotes, numbers, true and false do not: they would look the same in the point's settings.
  Value name_of(const toml::node& node, const std::string& text, const std::string& key) const {
    if (text.empty() || !std::holds_alternative<std::string>(parse_set_option(key + "=" + text).value))
      refuse(node, fmt::format("{}: '{}' must be a name, or stand without quotes", key, text));
    return text;
  }

  double number(const toml::table& range, const char* name, const std::string& key) const {
    const auto* node = range.get(name);
    const auto value = node == nullptr ? std::optional<double>{} : node->value<double>();
    if (!value || !std::isfinite(*value))
      refuse(range, fmt::format("{}: a range needs the numbers from and to, and step or count", key));
    return *value;
  }

  bool is_log(const toml::table& range, const std::string& key) const {
    const auto* node = range.get("log");
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) refuse(range, fmt::format("{}: log must be true or false", key));
    if (*value && range.get("step") != nullptr) refuse(range, fmt::format("{}: log goes with count, not step", key));
    return *value;
  }

  /// How many values there are between `from` and `to`.
  std::int64_t count_of(const toml::table& range, double from, double to, const std::string& key) const {
    const auto* given = range.get("count");
    double count = 0;
    if (range.get("step") != nullptr) {
      if (given != nullptr) refuse(range, fmt::format("{}: a range has step or count, not both", key));
      count = std::floor((to - from) / number(range, "step", key) + 1e-9) + 1;
    } else {
      count = number(range, "count", key);
      if (!given->is_integer()) refuse(range, fmt::format("{}: count must be a whole number", key));
    }
    if (!(count >= 1) || count > static_cast<double>(most_values) || from > to)
      refuse(range, fmt::format("{}: a range must go up and have 1 to {} values", key, most_values));
    return static_cast<std::int64_t>(count);
  }

  /// { from, to, step } or { from, to, count } or { from, to, count, log = true }; whole numbers stay whole.
  std::vector<Value> range_values(const toml::table& range, const std::string& key) const {
    for (const auto& [name, node] : range)
      if (name != "from" && name != "to" && name != "step" && name != "count" && name != "log")
        refuse(node,
               fmt::format("{}: a range has from, to, step, count and log, not {}", key, std::string(name.str())));
    const double from = number(range, "from", key), to = number(range, "to", key);
    const bool log = is_log(range, key), steps = range.get("step") != nullptr;
    const std::int64_t count = count_of(range, from, to, key);
    if (log && !(from > 0)) refuse(range, fmt::format("{}: a range with log must start above 0", key));
    const bool whole =
        range.get("from")->is_integer() && range.get("to")->is_integer() && (!steps || range.get("step")->is_integer());
    std::vector<Value> values;
    for (std::int64_t i = 0; i < count; ++i) {
      const double part = count < 2 ? 0 : static_cast<double>(i) / static_cast<double>(count - 1);
      double value = log ? from * std::pow(to / from, part) : from + (to - from) * part;
      if (steps) value = from + static_cast<double>(i) * number(range, "step", key);
      if (whole)
        values.emplace_back(std::int64_t{std::llround(value)});
      else
        values.emplace_back(value);
      if (i > 0 && values[values.size() - 2] == values.back())
        refuse(range, fmt::format("{}: {} {}values are too many from {} to {}{}", key, count, whole ? "whole " : "",
                                  from, to, whole ? "; with a decimal point there they need not be whole" : ""));
    }
    return values;
  }

  std::string path_;
  const char* section_;
  PlatformConfig config_;
  const SweepNetworks& networks_;
};

std::vector<SweepAxis> read_all(const toml::table& table, AxisReader reader) {
  std::vector<SweepAxis> axes;
  for (const auto& [key, values] : table) axes.push_back(reader.read(std::string(key.str()), values));
  return axes;
}

}  // namespace

std::vector<SweepAxis> read_axes(const toml::node& node, const std::string& path, const std::string& platform,
                                 const std::vector<std::string>& settings, const SweepNetworks& networks) {
  const auto* table = node.as_table();
  if (table == nullptr)
    throw ConfigError(
        fmt::format("{}:{}: axes: must be a section of \"section.key\" = [values]", path, node.source().begin.line));
  return read_all(*table, AxisReader(path, "axes", platform, settings, networks));
}

std::vector<SweepAxis> read_settings_of(const toml::table& table, const std::string& path, const std::string& platform,
                                        const SweepNetworks& networks) {
  return read_all(table, AxisReader(path, "set", platform, {}, networks));
}

}  // namespace ernsim
