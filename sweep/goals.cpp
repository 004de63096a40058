#include "sweep/goals.h"

#include <fmt/format.h>

#include "config/toml_text.h"
#include "sweep/figures.h"

namespace ernsim {

namespace {

constexpr std::size_t longest_text = 100;

std::vector<std::string> texts(const toml::table& file, const char* key, std::vector<std::string> otherwise) {
  const auto* list = file[key].as_array();
  if (list == nullptr) return otherwise;
  std::vector<std::string> found;
  for (const auto& each : *list)
    if (const auto text = each.value<std::string>()) found.push_back(*text);
  return found;
}

}  // namespace

SweepObjective parse_objective(const std::string& text) {
  const std::string direction = text.substr(0, 4);
  if ((direction != "max " && direction != "min ") || text.size() > longest_text)
    throw ConfigError(fmt::format("'{:.100}': must be max or min FIGURE", text));
  const SweepObjective found{text.substr(4), direction == "max "};
  require_figure(found.figure);
  return found;
}

const std::vector<std::string>& default_objectives() {
  static const std::vector<std::string> texts{"max fps", "min bram18"};
  return texts;
}

SweepGoals goals_of(const std::string& definition) try {
  const toml::table file = parse_toml(definition, "definition");
  SweepGoals goals;
  goals.constraint_texts = texts(file, "constraints", {});
  for (const std::string& text : goals.constraint_texts)
    for (const SweepConstraint& each : parse_constraints(text)) goals.constraints.push_back(each);
  for (const std::string& text : texts(file, "objectives", default_objectives()))
    goals.objectives.push_back(parse_objective(text));
  goals.must_fit = file["must_fit"].value_or(true);
  return goals;
} catch (const ConfigError&) {
  return {};
}

}  // namespace ernsim
