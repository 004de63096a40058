#include "sweep/question.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "config/toml_text.h"
#include "platforms/parameters.h"
#include "platforms/setting.h"
#include "platforms/usual_axes.h"
#include "sweep/goals.h"
#include "sweep/screening.h"

namespace ernsim {

namespace {

std::string quoted_list(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& each : texts) quoted.push_back(toml_quoted(each));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

/// Checks each text by itself, so that a complaint names the option.
template <class Parse>
void check(const char* option, const std::vector<std::string>& texts, Parse&& parse) {
  for (const std::string& each : texts) try {
      parse(each);
    } catch (const ConfigError& error) {
      throw ConfigError(fmt::format("--{} '{:.100}': {}", option, each, error.what()));
    }
}

bool is_set(const std::string& key, const std::vector<std::string>& settings) {
  return std::any_of(settings.begin(), settings.end(),
                     [&key](const std::string& each) { return each.substr(0, each.find('=')) == key; });
}

/// Every line of it a comment.
std::string commented(const std::string& text) {
  std::string made = "# ";
  for (const char each : text)
    if (each == '\n')
      made += "\n# ";
    else
      made += static_cast<unsigned char>(each) < ' ' ? '?' : each;
  return made + "\n";
}

/// As a sweep file writes the value of a setting.
std::string toml_value(const std::string& setting) {
  const auto value = parse_set_option(setting).value;
  if (const auto* text = std::get_if<std::string>(&value)) return toml_quoted(*text);
  return setting.substr(setting.find('=') + 1);
}

std::string set_section(const std::vector<std::string>& settings) {
  std::string text = "\n# What all points have.\n[set]\n";
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::string key = settings[i].substr(0, settings[i].find('='));
    const std::vector<std::string> later(settings.begin() + static_cast<std::ptrdiff_t>(i) + 1, settings.end());
    if (!is_set(key, later)) text += fmt::format("\"{}\" = {}\n", key, toml_value(settings[i]));
  }
  return text;
}

/// "NETWORK=SHARE" or "NETWORK=FILE.csv" as TOML.
std::string accuracy_line(const std::string& given) {
  const auto equals = given.rfind('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == given.size())
    throw ConfigError(fmt::format("--accuracy '{:.100}': must be NETWORK=SHARE or NETWORK=FILE.csv", given));
  const std::string value = given.substr(equals + 1);
  const bool number = value.find_first_not_of("0123456789.") == std::string::npos;
  return fmt::format("{} = {}\n", toml_quoted(given.substr(0, equals)), number ? value : toml_quoted(value));
}

std::string accuracy_sections(const SweepQuestion& question) {
  std::string text;
  if (!question.accuracies.empty()) text += "\n# What networks score, or what ernsim eval --csv wrote.\n[accuracy]\n";
  for (const std::string& each : question.accuracies) text += accuracy_line(each);
  if (!question.evaluation.empty())
    text += "\n# Networks with weights of which no accuracy is given are evaluated once.\n[evaluate]\n";
  for (const auto& [key, value] : question.evaluation) text += fmt::format("{} = {}\n", key, value);
  return text;
}

std::string axes_section(const SweepQuestion& question) {
  std::string text =
      "\n# What is varied: any key of ernsim platforms, with a list of values, or a range as in\n"
      "# { from = 1, to = 4, step = 1 }.\n[axes]\n";
  std::istringstream lines(usual_axes(question.platform));
  for (std::string line; std::getline(lines, line);) {
    const std::string key = line.size() > 1 ? line.substr(1, line.find_first_of("\"'", 1) - 1) : "";
    if (!is_set(key, question.settings)) text += line + "\n";
  }
  return text;
}

}  // namespace

std::string sweep_file_of(const SweepQuestion& question, const std::string& command) {
  check("want", question.wants, [](const std::string& each) { parse_constraints(each); });
  check("best", question.bests, [](const std::string& each) { parse_objective(each); });
  std::string text = commented(command);
  text += fmt::format("platform = {}\n", toml_quoted(question.platform));
  text += fmt::format("networks = {}\n", quoted_list(question.networks));
  if (!question.stem.empty()) text += fmt::format("stems = [{}]\n", toml_quoted(question.stem));
  if (!question.input_size.empty()) text += fmt::format("input_sizes = [{}]\n", toml_quoted(question.input_size));
  if (!question.thermometer.empty()) text += fmt::format("thermometer = {}\n", question.thermometer);
  text +=
      "\n# What must hold, and what should be as small or as large as possible; ernsim figures lists all figures.\n";
  text += fmt::format("{}constraints = {}\n", question.wants.empty() ? "# " : "",
                      question.wants.empty() ? "[\"fps >= 120\"]" : quoted_list(question.wants));
  text += fmt::format("objectives = {}\n", quoted_list(question.bests.empty() ? default_objectives() : question.bests));
  text += fmt::format("must_fit = true  # what takes more than the device has is not simulated\n");
  text += fmt::format(
      "screen = {}  # nor what breaks a constraint even with so large a share of cycles less than estimated\n",
      usual_screen);
  text += accuracy_sections(question);
  if (!question.settings.empty()) text += set_section(question.settings);
  return text + axes_section(question);
}

}  // namespace ernsim
