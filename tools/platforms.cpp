#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "config/user_error.h"
#include "output/json_text.h"
#include "output/output_file.h"
#include "output/terminal.h"
#include "output/text_table.h"
#include "platforms/config_file.h"
#include "platforms/parameters.h"
#include "platforms/parameters_json.h"
#include "platforms/usual_axes.h"
#include "tools/commands.h"
#include "tools/manual_text.h"

namespace ernsim::tools {

namespace {

namespace po = boost::program_options;

constexpr const char* indent = "    ";

std::string indented(const std::string& lines) {
  std::string text;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) text += indent + line + "\n";
  return text;
}

/// Where the table is too wide: lines for each parameter.
std::string parameter_list(const PlatformConfig& config, std::size_t columns) {
  const std::size_t width = columns - std::string(indent).size();
  std::string text;
  for (const auto& p : parameters(config)) {
    text += wrapped(fmt::format("{} = {} {}", p.name(), p.value, p.info.unit), columns);
    text +=
        indented(wrapped(fmt::format("{}\nallowed: {}\nsource: {}", p.info.meaning, p.allowed, p.info.source), width));
  }
  return text;
}

std::string parameter_table(const PlatformConfig& config) {
  TextTable table({"parameter", "value", "unit", "allowed", "meaning", "source"});
  for (const auto& p : parameters(config))
    table.add({p.name(), p.value, p.info.unit, p.allowed, p.info.meaning, p.info.source});
  return table.width() <= terminal_columns() ? table.text() : parameter_list(config, terminal_columns());
}

std::string toml_comment(const Parameter& p) {
  const std::string unit = *p.info.unit == '\0' ? "" : fmt::format(" {}", p.info.unit);
  return fmt::format("# {}\n#   allowed: {}{}; source: {}\n", p.info.meaning, p.allowed, unit, p.info.source);
}

std::string toml_text(const PlatformConfig& config, const std::string& name) {
  std::string text = fmt::format("name = {}\n", toml_quoted(config.name));
  std::string section;
  for (const auto& p : parameters(config)) {
    if (p.section != section) text += fmt::format("\n[{}]\n", section = p.section);
    text += toml_comment(p) + fmt::format("{} = {}\n", p.info.key, p.value);
  }
  return text + "\n# What ernsim sweep varies if no sweep file says it.\n[usual_axes]\n" + usual_axes(name);
}

po::options_description options() {
  po::options_description description("Options");
  description.add_options()("toml", po::value<std::string>()->value_name("NAME|FILE.toml"),
                            "print a complete TOML file of that platform, for --platform of run");
  description.add_options()("json", po::value<std::string>()->value_name("FILE"),
                            "the list as JSON; - or nothing is standard output");
  return description;
}

nlohmann::ordered_json list_json() {
  auto all = nlohmann::ordered_json::array();
  for (const auto& name : built_in_platforms())
    all.push_back({{"name", name}, {"parameters", parameters_json(load_platform(name, {}))}});
  return all;
}

}  // namespace

int platforms_command(const Arguments& arguments) {
  const CommandLine line(with_value(arguments, "--json", "-"), options());
  line.reject_together("toml", "json", "one prints a platform, the other lists all");
  if (line.has("json")) {
    OutputFile(line.get("json")).write(json_text(list_json()));
    return 0;
  }
  if (line.has("toml")) {
    const auto config = from_user([&] { return load_platform(line.get("toml"), {}); });
    print(toml_text(config, line.get("toml")));
    return 0;
  }
  for (const auto& name : built_in_platforms()) print(name + "\n\n" + parameter_table(load_platform(name, {})));
  return 0;
}

Manual platforms_manual() {
  return {{"platforms [--toml NAME|FILE.toml | --json [FILE]]"},
          "Lists the built-in platforms with every parameter: value, unit, allowed values, meaning and where the value "
          "comes from; as a table if the terminal is wide enough (COLUMNS). A parameter is changed with --set "
          "section.key=value of run, or in a TOML file.",
          options()};
}

}  // namespace ernsim::tools
