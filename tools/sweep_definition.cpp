#include "tools/sweep_definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <regex>

#include "tools/config_file.h"
#include "tools/nearest.h"
#include "tools/parameters.h"
#include "tools/setting.h"
#include "tools/sweep_figures.h"
#include "tools/toml_text.h"
#include "workloads/networks.h"

namespace ernsim::tools {

namespace {

constexpr std::int64_t largest_grid = 1'000'000;

class Reader {
 public:
  Reader(std::string path, SweepDefinition& made) : path_(std::move(path)), made_(made) {}

  void read(const toml::table& file) {
    static const std::vector<std::string> keys{"platform", "networks", "stems",      "input_sizes", "sample",
                                               "seed",     "axes",     "objectives", "constraints", "must_fit"};
    for (const auto& [key, node] : file)
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
        refuse(node,
               fmt::format("{}: no such key{}", std::string(key.str()), did_you_mean(std::string(key.str()), keys)));
    if (const auto* node = file.get("platform")) made_.platform = text(*node, "platform");
    made_.networks = texts(file, "networks", {"ERNs18"});
    made_.stems = texts(file, "stems", {"released"});
    made_.input_sizes = texts(file, "input_sizes", {"256x256"});
    made_.sample = integer(file, "sample");
    made_.seed = integer(file, "seed");
    if (const auto* node = file.get("must_fit")) made_.must_fit = yes_or_no(*node, "must_fit");
    for (const auto& each : texts(file, "constraints", {})) constraint(*file.get("constraints"), each);
    for (const auto& each : texts(file, "objectives", {"max fps", "min bram18"})) objective(file, each);
    if (const auto* axes = file.get("axes")) read_axes(*axes);
  }

 private:
  [[noreturn]] void refuse(const toml::node& node, const std::string& what) const {
    throw ConfigError(fmt::format("{}:{}: {}", path_, node.source().begin.line, what));
  }

  std::string text(const toml::node& node, const std::string& key) const {
    const auto value = node.value_exact<std::string>();
    if (!value) refuse(node, fmt::format("{}: must be a quoted text", key));
    return *value;
  }

  std::vector<std::string> texts(const toml::table& file, const char* key, std::vector<std::string> otherwise) const {
    const auto* node = file.get(key);
    if (node == nullptr) return otherwise;
    const auto* list = node->as_array();
    if (list == nullptr || list->empty())
      refuse(*node, fmt::format("{}: must be a list of quoted texts, not empty", key));
    std::vector<std::string> found;
    for (const auto& each : *list) found.push_back(text(each, key));
    return found;
  }

  bool yes_or_no(const toml::node& node, const char* key) const {
    const auto value = node.value_exact<bool>();
    if (!value) refuse(node, fmt::format("{}: must be true or false", key));
    return *value;
  }

  std::int64_t integer(const toml::table& file, const char* key) const {
    const auto* node = file.get(key);
    if (node == nullptr) return 0;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < 0) refuse(*node, fmt::format("{}: must be a whole number, 0 or more", key));
    return *value;
  }

  void constraint(const toml::node& node, const std::string& written) {
    static const std::regex one("\\s*(\\w+)\\s*(<=|>=|<|>)\\s*([-+0-9.eE]+)\\s*");
    static const std::regex conjunction("\\s+and\\s+");
    for (std::sregex_token_iterator part(written.begin(), written.end(), conjunction, -1), end; part != end; ++part) {
      const std::string each = *part;
      std::smatch found;
      if (!std::regex_match(each, found, one))
        refuse(node, fmt::format("constraints: '{}': must be FIGURE <, <=, > or >= NUMBER, joined by 'and'", each));
      require_figure(node, found[1]);
      const std::string bound = found[3];
      char* end_of_number = nullptr;
      const double value = std::strtod(bound.c_str(), &end_of_number);
      if (*end_of_number != 0 || !std::isfinite(value))
        refuse(node, fmt::format("constraints: '{}': {} is no number", each, bound));
      made_.constraints.push_back(in_shares({found[1], found[2], value}));
    }
    check_contradiction(node);
  }

  void check_contradiction(const toml::node& node) const {
    for (const auto& low : made_.constraints)
      for (const auto& high : made_.constraints) {
        if (low.figure != high.figure || low.relation[0] != '>' || high.relation[0] != '<') continue;
        const bool both_include = low.relation == ">=" && high.relation == "<=";
        if (low.bound < high.bound || (low.bound == high.bound && both_include)) continue;
        refuse(node, fmt::format("constraints: {} {} {} contradicts {} {} {}", low.figure, low.relation, low.bound,
                                 high.figure, high.relation, high.bound));
      }
  }

  void objective(const toml::table& file, const std::string& written) {
    static const std::regex one("(max|min) (\\w+)");
    std::smatch found;
    const toml::node& node =
        file.get("objectives") != nullptr ? *file.get("objectives") : static_cast<const toml::node&>(file);
    if (!std::regex_match(written, found, one))
      refuse(node, fmt::format("objectives: '{}': must be max or min FIGURE", written));
    require_figure(node, found[2]);
    made_.objectives.push_back({found[2], found[1] == "max"});
  }

  void require_figure(const toml::node& node, const std::string& name) const {
    const auto names = figure_names();
    if (std::find(names.begin(), names.end(), name) == names.end())
      refuse(node, fmt::format("{}: no such figure{}; there are {}", name, did_you_mean(name, names), listed(names)));
  }

  void read_axes(const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr) refuse(node, "axes: must be a section of \"section.key\" = [values]");
    for (const auto& [key, values] : *table) {
      SweepAxis axis{std::string(key.str()), {}};
      if (const auto* list = values.as_array())
        for (const auto& each : *list) axis.values.push_back(value_text(each, axis.key));
      else if (const auto* range = values.as_table())
        axis.values = range_values(*range, axis.key);
      if (axis.values.empty()) refuse(values, fmt::format("{}: must have at least one value", axis.key));
      check_values(values, axis);
      made_.axes.push_back(std::move(axis));
    }
  }

  std::string value_text(const toml::node& node, const std::string& key) const {
    if (const auto value = node.value_exact<std::int64_t>()) return std::to_string(*value);
    if (const auto value = node.value_exact<double>()) return fmt::format("{}", *value);
    if (const auto value = node.value_exact<bool>()) return *value ? "true" : "false";
    if (const auto value = node.value_exact<std::string>()) return *value;
    refuse(node, fmt::format("{}: a value must be a number, true, false or a quoted name", key));
  }

  double number(const toml::table& range, const char* name, const std::string& key) const {
    const auto* node = range.get(name);
    const auto value = node == nullptr ? std::optional<double>{} : node->value<double>();
    if (!value || !std::isfinite(*value))
      refuse(range, fmt::format("{}: a range needs the numbers from and to, and step or count", key));
    return *value;
  }

  /// { from, to, step } or { from, to, count } or { from, to, count, log = true }; whole numbers stay whole.
  std::vector<std::string> range_values(const toml::table& range, const std::string& key) const {
    for (const auto& [name, node] : range)
      if (name != "from" && name != "to" && name != "step" && name != "count" && name != "log")
        refuse(node,
               fmt::format("{}: a range has from, to, step, count and log, not {}", key, std::string(name.str())));
    const double from = number(range, "from", key), to = number(range, "to", key);
    const bool whole = range.get("from")->is_integer() && range.get("to")->is_integer();
    const bool log = range.get("log") != nullptr && range.get("log")->value_or(false);
    const double count = range.get("step") != nullptr ? std::floor((to - from) / number(range, "step", key) + 1e-9) + 1
                                                      : number(range, "count", key);
    if (!(from <= to) || !(count >= 1) || count > 10000 || (log && !(from > 0)))
      refuse(range,
             fmt::format("{}: the range must go up, have 1 to 10000 values, and start above 0 if it is log", key));
    std::vector<std::string> values;
    for (int i = 0; i < static_cast<int>(count); ++i) {
      const double part = count < 2 ? 0 : i / (count - 1);
      double value = log ? from * std::pow(to / from, part) : from + (to - from) * part;
      if (range.get("step") != nullptr) value = from + i * number(range, "step", key);
      const std::string text = whole && (log || range.get("step") == nullptr || std::floor(value) == value)
                                   ? std::to_string(std::llround(value))
                                   : fmt::format("{}", value);
      if (values.empty() || values.back() != text) values.push_back(text);
    }
    return values;
  }

  /// Every value must be one that the platform would take, whatever the other axes say.
  void check_values(const toml::node& node, const SweepAxis& axis) const {
    PlatformConfig config = load_platform(made_.platform, {});
    for (const std::string& value : axis.values) try {
        apply(parse_set_option(axis.key + "=" + value), config);
      } catch (const ConfigError& error) {
        refuse(node, fmt::format("axes: {}", error.what()));
      }
  }

  std::string path_;
  SweepDefinition& made_;
};

std::string values_of(const PlatformConfig& config) {
  std::string text;
  for (const Parameter& each : parameters(config))
    text += fmt::format("{}.{}={}\n", each.section, each.info.key, each.value);
  return text;
}

void check_selections(const SweepDefinition& definition) {
  for (const auto& network : definition.networks)
    for (const auto& stem : definition.stems)
      for (const auto& size : definition.input_sizes) {
        int height = 0, width = 0;
        char cross = 0, rest = 0;
        if (std::sscanf(size.c_str(), "%d%c%d%c", &height, &cross, &width, &rest) != 3 || cross != 'x')
          throw ConfigError(fmt::format("input_sizes: '{}': must be HxW, as in 256x256", size));
        workloads::build_network(network, {stem, height, width, 10});
      }
}

}  // namespace

SweepConstraint in_shares(SweepConstraint constraint) {
  static const std::vector<std::string> resources{"lut", "ff", "bram18", "uram", "dsp"};
  const bool is_resource = std::find(resources.begin(), resources.end(), constraint.figure) != resources.end();
  if (is_resource && constraint.bound > 0 && constraint.bound < 1) constraint.figure += "_share";
  return constraint;
}

std::int64_t SweepDefinition::grid() const {
  auto points = static_cast<double>(networks.size() * stems.size() * input_sizes.size());
  for (const SweepAxis& axis : axes) points *= static_cast<double>(axis.values.size());
  return points > 1e15 ? std::int64_t{1'000'000'000'000'000} : static_cast<std::int64_t>(points);
}

SweepDefinition load_sweep(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ConfigError(fmt::format("{}: cannot be read", path));
  SweepDefinition made;
  made.text.assign(std::istreambuf_iterator<char>(file), {});
  Reader(path, made).read(parse_toml(made.text, path));
  made.platform_values = values_of(load_platform(made.platform, {}));
  check_selections(made);
  if (made.sample == 0 && made.grid() > largest_grid)
    throw ConfigError(fmt::format("{}: the grid has {} points; up to {} are allowed, or a sample of them", path,
                                  made.grid(), largest_grid));
  if (made.sample > std::min(made.grid(), largest_grid))
    throw ConfigError(fmt::format("{}: sample is {}, the grid has {} points and up to {} are allowed", path,
                                  made.sample, made.grid(), largest_grid));
  return made;
}

SweepPoint point_of(const SweepDefinition& definition, std::int64_t number) {
  SweepPoint point;
  const auto digit = [&number](std::size_t base) {
    const auto value = static_cast<std::size_t>(number % static_cast<std::int64_t>(base));
    number /= static_cast<std::int64_t>(base);
    return value;
  };
  for (auto axis = definition.axes.rbegin(); axis != definition.axes.rend(); ++axis)
    point.settings.insert(point.settings.begin(), axis->key + "=" + axis->values[digit(axis->values.size())]);
  point.input_size = definition.input_sizes[digit(definition.input_sizes.size())];
  point.stem = definition.stems[digit(definition.stems.size())];
  point.network = definition.networks[digit(definition.networks.size())];
  return point;
}

std::vector<std::size_t> points_of(const SweepDefinition& definition) {
  const auto grid = static_cast<std::size_t>(definition.grid());
  std::vector<std::size_t> points;
  if (definition.sample == 0) {
    points.resize(grid);
    std::iota(points.begin(), points.end(), std::size_t{0});
    return points;
  }
  // Floyd's algorithm: distinct numbers without a list of the whole grid; the same on every machine.
  std::mt19937_64 random(static_cast<std::uint64_t>(definition.seed));
  std::vector<std::size_t> chosen;
  for (std::size_t top = grid - static_cast<std::size_t>(definition.sample); top < grid; ++top) {
    const std::size_t drawn = random() % (top + 1);
    const auto at = std::lower_bound(chosen.begin(), chosen.end(), drawn);
    if (at == chosen.end() || *at != drawn)
      chosen.insert(at, drawn);
    else
      chosen.insert(std::lower_bound(chosen.begin(), chosen.end(), top), top);
  }
  return chosen;
}

}  // namespace ernsim::tools
