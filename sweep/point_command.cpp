#include "sweep/point_command.h"

#include <fmt/format.h>

#include "config/toml_text.h"
#include "output/shell_word.h"
#include "sweep/networks.h"

namespace ernsim {

namespace {

/// Of the section `set`, as --set takes it.
std::string set_options(const toml::table& file) {
  std::string text;
  const auto* set = file["set"].as_table();
  if (set == nullptr) return text;
  for (const auto& [key, value] : *set)
    value.visit([&, name = std::string(key.str())](const auto& each) {
      if constexpr (toml::is_string<decltype(each)> || toml::is_number<decltype(each)> ||
                    toml::is_boolean<decltype(each)>)
        text += " --set " + shell_word(fmt::format("{}={}", name, *each));
    });
  return text;
}

}  // namespace

PointCommands::PointCommands(const SweepReading& sweep) try {
  const toml::table file = parse_toml(sweep.definition, "definition");
  if (const auto platform = file["platform"].value<std::string>()) options_ = " --platform " + shell_word(*platform);
  if (const auto codes = file["thermometer"].value<std::int64_t>())
    options_ += fmt::format(" --thermometer {}", *codes);
  options_ += set_options(file) + sweep.state.options;
} catch (const ConfigError&) {  // it was read when the sweep ran
}

std::string PointCommands::of(const SweepReading::Point& point) const {
  std::string command = "ernsim run --network " + shell_word(point.network);
  if (point.stem != own_stem) command += " --stem " + shell_word(point.stem);
  command += fmt::format(" --input-size {}{}", point.input_size, options_);
  for (const auto& [key, value] : point.settings) command += " --set " + shell_word(key + "=" + value);
  return command + " --data off";
}

}  // namespace ernsim
