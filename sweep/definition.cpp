#include "sweep/definition.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "config/did_you_mean.h"
#include "output/shell_word.h"
#include "platforms/config_file.h"
#include "platforms/parameters.h"
#include "platforms/setting.h"
#include "sweep/figures.h"
#include "sweep/points.h"
#include "sweep/screening.h"
#include "workloads/folding.h"
#include "workloads/networks.h"

namespace ernsim {

namespace {

constexpr std::int64_t most_points = 1'000'000;
constexpr std::size_t most_networks = 1000;
constexpr std::int64_t most_codes = 32;                       ///< of a thermometer
constexpr std::int64_t largest_grid = 1'000'000'000'000'000;  // all numbers of points are exact in a double

/// "256": up to five digits, no leading 0, as `ernsim run` allows.
bool is_side(const std::string& text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos &&
         text[0] != '0' && std::stoi(text) <= 65535;
}

bool is_size(const std::string& text) {
  const auto cross = text.find('x');
  return cross != std::string::npos && is_side(text.substr(0, cross)) && is_side(text.substr(cross + 1));
}

class Reader {
 public:
  Reader(std::string path, SweepDefinition& made) : path_(std::move(path)), made_(made) {}

  void read(const toml::table& file) {
    static const std::vector<std::string> keys{
        "platform",    "networks", "stems", "input_sizes", "sample", "seed",     "axes",     "objectives",
        "constraints", "must_fit", "set",   "screen",      "search", "accuracy", "evaluate", "thermometer"};
    for (const auto& [key, node] : file)
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
        refuse(node, fmt::format("{}: no such key{}", std::string(key.str()),
                                 did_you_mean(std::string(key.str()), keys, "there are " + listed(keys))));
    if (const auto* node = file.get("platform")) made_.platform = text(*node, "platform");
    if (const auto* node = file.get("thermometer")) {
      const std::int64_t codes = integer(file, "thermometer", 1);
      if (codes > most_codes) refuse(*node, fmt::format("thermometer: must be from 1 to {}", most_codes));
      made_.thermometer = static_cast<int>(codes);
    }
    read_networks(file);
    made_.sample = integer(file, "sample", 1);
    made_.seed = integer(file, "seed", 0);
    if (const auto* node = file.get("must_fit")) made_.must_fit = yes_or_no(*node, "must_fit");
    if (const auto* node = file.get("screen")) made_.screen = share(*node, "screen");
    if (const auto* node = file.get("search")) made_.search = read_search(*node, path_);
    if (made_.search && made_.sample != 0) refuse(*file.get("sample"), "sample: a search chooses its points itself");
    if (const auto* node = file.get("set")) read_settings(*node);
    const auto of_networks = take_network_settings();
    if (const auto* axes = file.get("axes"))
      made_.axes = read_axes(*axes, path_, made_.platform, made_.settings, made_.own);
    add_axes(file, of_networks);
    require_either(file);
    read_accuracy(file);
    read_constraints(file);
    for (const auto& each : texts(file, "objectives", default_objectives())) objective(file, each);
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

  std::vector<std::string> different_texts(const toml::table& file, const char* key,
                                           std::vector<std::string> otherwise) const {
    const auto found = texts(file, key, std::move(otherwise));
    for (auto each = found.begin(); each != found.end(); ++each)
      if (std::find(found.begin(), each, *each) != each)
        refuse(*file.get(key), fmt::format("{}: '{}' stands twice", key, *each));
    return found;
  }

  void read_networks(const toml::table& file) {
    made_.networks = different_texts(file, "networks", {"ERNs18"});
    made_.own = SweepNetworks(made_.networks, made_.thermometer);
    const auto all_own = [&](const char* key, const auto& own) {
      return file.contains(key) ? different_texts(file, key, {}) : std::vector<std::string>{the_one(file, key, own)};
    };
    made_.stems = all_own("stems", [this](const std::string& name) { return made_.own.stem(name); });
    made_.input_sizes = all_own("input_sizes", [this](const std::string& name) { return made_.own.input_size(name); });
    check_sizes(file);
  }

  /// What all networks have if the file does not say it. Throws if they differ.
  template <class Own>
  std::string the_one(const toml::table& file, const char* key, const Own& own) const {
    const std::string& first = made_.networks.front();
    for (const std::string& name : made_.networks)
      if (own(name) != own(first))
        refuse(*file.get("networks"), fmt::format("networks: {} has {}, {} has {}; {} must say which", first,
                                                  own(first), name, own(name), key));
    return own(first);
  }

  void check_sizes(const toml::table& file) const {
    for (const std::string& each : made_.input_sizes)
      if (!is_size(each))
        refuse(*file.get("input_sizes"),
               fmt::format("input_sizes: '{}': must be HxW, as in 256x256, each from 1 to 65535", each));
  }

  bool yes_or_no(const toml::node& node, const char* key) const {
    const auto value = node.value_exact<bool>();
    if (!value) refuse(node, fmt::format("{}: must be true or false", key));
    return *value;
  }

  double share(const toml::node& node, const char* key) const {
    const auto value = node.value<double>();
    if (!node.is_number() || !(*value >= 0 && *value < 1))
      refuse(node, fmt::format("{}: must be a share, from 0 to below 1", key));
    return *value;
  }

  /// The section `set`, and what the command line adds.
  void read_settings(const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr) refuse(node, "set: must be a section of \"section.key\" = value");
    std::vector<std::string> own;
    for (const SweepAxis& one : read_settings_of(*table, path_, made_.platform, made_.own))
      own.push_back(one.key + "=" + one.values.front());
    made_.settings.insert(made_.settings.begin(), own.begin(), own.end());
  }

  /// What is set of the networks: axes of one value, the last that was given.
  std::vector<SweepAxis> take_network_settings() {
    std::vector<SweepAxis> taken;
    std::vector<std::string> kept;
    for (const std::string& setting : made_.settings) {
      if (!workloads::is_network_setting(setting)) {
        kept.push_back(setting);
        continue;
      }
      made_.own.check(workloads::parse_network_setting(setting, "--set"));
      const auto equals = setting.find('=');
      const std::string key = setting.substr(0, equals);
      const auto same = [&key](const SweepAxis& axis) { return axis.key == key; };
      taken.erase(std::remove_if(taken.begin(), taken.end(), same), taken.end());
      taken.push_back({key, {setting.substr(equals + 1)}});
    }
    made_.settings = std::move(kept);
    return taken;
  }

  /// Axes are in the order of their keys.
  void add_axes(const toml::table& file, const std::vector<SweepAxis>& more) {
    const auto is_thermometer = [](const SweepAxis& axis) { return axis.key == "network.thermometer"; };
    if (made_.thermometer && (std::any_of(more.begin(), more.end(), is_thermometer) ||
                              std::any_of(made_.axes.begin(), made_.axes.end(), is_thermometer)))
      refuse(*file.get("thermometer"), "thermometer: network.thermometer is an axis, or set; one of them is enough");
    for (const SweepAxis& each : more) {
      const auto same = [&each](const SweepAxis& axis) { return axis.key == each.key; };
      if (std::any_of(made_.axes.begin(), made_.axes.end(), same))
        refuse(*file.get("axes"),
               fmt::format("{}: is an axis, and set to {}; one of them is enough", each.key, each.values.front()));
      made_.axes.push_back(each);
    }
    std::sort(made_.axes.begin(), made_.axes.end(),
              [](const SweepAxis& a, const SweepAxis& b) { return a.key < b.key; });
  }

  /// A parameter is set or an axis, not both.
  void require_either(const toml::table& file) const {
    for (const std::string& setting : made_.settings)
      for (const SweepAxis& axis : made_.axes)
        if (axis.key == setting.substr(0, setting.find('=')))
          refuse(*file.get("axes"), fmt::format("{}: is an axis, and set to {}; one of them is enough", axis.key,
                                                setting.substr(setting.find('=') + 1)));
  }

  void read_accuracy(const toml::table& file) {
    if (const auto* node = file.get("accuracy")) {
      made_.accuracy.given = read_accuracies(*node, path_, made_.networks, made_.input_sizes);
      require_one_network(*node);
    }
    if (const auto* node = file.get("evaluate")) made_.accuracy.evaluation = read_evaluation(*node, path_);
  }

  /// An accuracy that is given is one network's.
  void require_one_network(const toml::node& node) const {
    for (const auto& [name, by_size] : made_.accuracy.given) {
      if (made_.own.has_weights(name)) continue;
      if (made_.stems.size() > 1)
        refuse(node, fmt::format("accuracy: {}: one is given, and stems make {} networks", name, made_.stems.size()));
      for (const SweepAxis& axis : made_.axes)
        if (workloads::is_network_setting(axis.key) && axis.values.size() > 1)
          refuse(node,
                 fmt::format("accuracy: {}: one is given, and the axis {} makes several networks", name, axis.key));
    }
  }

  /// Whoever asks for accuracy has to say where it comes from.
  void require_known(const toml::table& file, const char* key, const std::string& figure) const {
    if (figure == "accuracy" && made_.accuracy.empty())
      refuse(*file.get(key),
             fmt::format("{}: nothing says what a network scores: [accuracy] gives it, [evaluate] has data "
                         "to find it",
                         key));
  }

  std::int64_t integer(const toml::table& file, const char* key, std::int64_t least) const {
    const auto* node = file.get(key);
    if (node == nullptr) return 0;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least) refuse(*node, fmt::format("{}: must be a whole number, {} or more", key, least));
    return *value;
  }

  void read_constraints(const toml::table& file) {
    const auto written = texts(file, "constraints", {});
    const auto devices = devices_of_points();
    try {
      for (const auto& each : written)
        for (const SweepConstraint& one : parse_constraints(each)) made_.constraints.push_back(one);
      require_possible(made_.constraints, devices, made_.must_fit);
    } catch (const ConfigError& error) {
      refuse(*file.get("constraints"), error.what());
    }
    for (const SweepConstraint& each : made_.constraints) require_known(file, "constraints", each.figure);
  }

  /// The devices that the points name: those of an axis, or the platform's.
  std::vector<Device> devices_of_points() const {
    PlatformConfig config = load_platform(made_.platform, made_.settings);
    std::vector<Device> found;
    for (const SweepAxis& axis : made_.axes)
      for (std::size_t i = 0; axis.key == "fpga.device" && i < axis.values.size(); ++i) {
        apply(parse_set_option(axis.key + "=" + axis.values[i]), config);
        found.push_back(config.fpga.device);
      }
    if (found.empty()) found.push_back(config.fpga.device);
    return found;
  }

  void objective(const toml::table& file, const std::string& written) {
    const toml::node& node =
        file.get("objectives") != nullptr ? *file.get("objectives") : static_cast<const toml::node&>(file);
    SweepObjective found;
    try {
      found = parse_objective(written);
    } catch (const ConfigError& error) {
      refuse(node, fmt::format("objectives: {}", error.what()));
    }
    const auto spoken_of = [](const SweepObjective& each) { return each.figure == "latency_ms" ? "fps" : each.figure; };
    for (const SweepObjective& other : made_.objectives)
      if (spoken_of(other) == spoken_of(found))
        refuse(node, fmt::format("objectives: {} and {} are about the same figure; one is enough", other.figure,
                                 found.figure));
    require_known(file, "objectives", found.figure);
    made_.objectives.push_back(found);
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

/// What the axes make of a network: every combination of their values.
std::vector<std::vector<std::string>> network_settings(const SweepDefinition& definition) {
  std::vector<std::vector<std::string>> all{{}};
  for (const SweepAxis& axis : definition.axes) {
    if (!workloads::is_network_setting(axis.key)) continue;
    std::vector<std::vector<std::string>> longer;
    for (const auto& settings : all)
      for (const std::string& value : axis.values) {
        longer.push_back(settings);
        longer.back().push_back(axis.key + "=" + value);
      }
    all = std::move(longer);
    if (all.size() > most_networks)
      throw ConfigError(fmt::format("axes: make more than {} different networks of each", most_networks));
  }
  return all;
}

/// Builds every network with every stem and input size, and keeps what its sums need. Throws if one cannot be.
void look_at_networks(SweepDefinition& definition) {
  for (const auto& network : definition.networks)
    for (const auto& stem : definition.stems)
      for (const auto& size : definition.input_sizes) {
        const auto [height, width] = sides_of(size);
        for (const auto& settings : network_settings(definition)) {
          const auto graph = definition.own.graph(network, stem, height, width, settings);
          definition.looked_at[selection_text({network, stem, size, settings})] = {
              workloads::without_weights(graph), definition.own.accumulator_bits_needed(network, graph)};
        }
      }
}

void check_size(const SweepDefinition& definition, const std::string& path) {
  const std::int64_t grid = definition.grid();
  if (grid > largest_grid)
    throw ConfigError(fmt::format("{}: the grid has more than {} points; neither a sample nor a search takes so many",
                                  path, largest_grid));
  if (definition.search) return;
  if (definition.sample == 0 && grid > most_points)
    throw ConfigError(
        fmt::format("{}: the grid has {} points; up to {} are allowed, or a sample of them", path, grid, most_points));
  if (definition.sample > std::min(grid, most_points))
    throw ConfigError(fmt::format("{}: sample is {}, the grid has {} points and up to {} are allowed", path,
                                  definition.sample, grid, most_points));
}

std::string read_text(const std::string& path) {
  if (std::filesystem::is_directory(path))
    throw ConfigError(fmt::format("{}: is a directory; a sweep file is needed", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ConfigError(fmt::format("{}: cannot be read", path));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::int64_t SweepDefinition::grid() const {
  auto points = static_cast<double>(networks.size() * stems.size() * input_sizes.size());
  for (const SweepAxis& axis : axes) points *= static_cast<double>(axis.values.size());
  return points > static_cast<double>(largest_grid) ? largest_grid + 1 : static_cast<std::int64_t>(points);
}

SweepDefinition load_sweep(const std::string& path, const std::vector<std::string>& settings) {
  return parse_sweep(read_text(path), path, settings);
}

SweepDefinition parse_sweep(const std::string& text, const std::string& path,
                            const std::vector<std::string>& settings) {
  SweepDefinition made;
  made.file = path;
  made.text = text;
  made.settings = settings;
  for (const std::string& each : settings) made.options += " --set " + shell_word(each);
  Reader(path, made).read(parse_toml(made.text, path));
  made.base = load_platform(made.platform, made.settings);
  made.platform_values = values_of(made.base);
  look_at_networks(made);
  check_size(made, path);
  return made;
}

std::string points_text(const SweepDefinition& definition) {
  std::string text = fmt::format("networks={}\nstems={}\ninput_sizes={}\n", fmt::join(definition.networks, ","),
                                 fmt::join(definition.stems, ","), fmt::join(definition.input_sizes, ","));
  if (definition.thermometer) text += fmt::format("thermometer={}\n", *definition.thermometer);
  for (const SweepAxis& axis : definition.axes) text += fmt::format("{}={}\n", axis.key, fmt::join(axis.values, ","));
  if (definition.search) text += "search\n";
  if (definition.sample != 0) text += fmt::format("sample={}\nseed={}\n", definition.sample, definition.seed);
  return text;
}

std::string skips_text(const SweepDefinition& definition) {
  std::string text = fmt::format("must_fit={}\n", definition.must_fit);
  for (const SweepConstraint& each : definition.constraints)
    if (is_known_before(each.figure) || (definition.screen && is_screened(each))) text += text_of(each) + "\n";
  if (definition.screen) text += fmt::format("screen={}\n", *definition.screen);
  return text;
}

}  // namespace ernsim
