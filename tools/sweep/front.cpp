#include "tools/sweep/front.h"

#include <algorithm>

#include "tools/sweep/constraints.h"
#include "tools/sweep/figures.h"
#include "tools/toml_text.h"

namespace ernsim::tools {

namespace {

std::vector<std::string> texts(const toml::table& file, const char* key, std::vector<std::string> otherwise) {
  const auto* list = file[key].as_array();
  if (list == nullptr) return otherwise;
  std::vector<std::string> found;
  for (const auto& each : *list)
    if (const auto text = each.value<std::string>()) found.push_back(*text);
  return found;
}

/// The point's figures in the order of figure_names(), which `keeps` and `pareto_front` expect; 0 for those it lacks.
std::vector<double> known_figures(const SweepReading& sweep, const SweepReading::Point& point) {
  std::vector<double> figures;
  for (const std::string& name : figure_names()) {
    const auto at = std::find(sweep.figures.begin(), sweep.figures.end(), name);
    figures.push_back(at == sweep.figures.end() ? 0
                                                : point.figures[static_cast<std::size_t>(at - sweep.figures.begin())]);
  }
  return figures;
}

}  // namespace

SweepGoals goals_of(const std::string& definition) try {
  const toml::table file = parse_toml(definition, "definition");
  SweepGoals goals;
  goals.constraint_texts = texts(file, "constraints", {});
  for (const std::string& text : goals.constraint_texts)
    for (const SweepConstraint& each : parse_constraints(text)) goals.constraints.push_back(each);
  for (const std::string& text : texts(file, "objectives", {"max fps", "min bram18"}))
    if (text.size() > 4) goals.objectives.push_back({text.substr(4), text.substr(0, 4) == "max "});
  return goals;
} catch (const ConfigError&) {
  return {};
}

std::vector<bool> points_that_keep(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<bool> keep;
  for (const auto& point : sweep.points)
    keep.push_back(!point.figures.empty() && keeps(goals.constraints, known_figures(sweep, point)));
  return keep;
}

std::vector<SweepGroup> groups_of(const SweepReading& sweep) {
  std::vector<SweepGroup> groups;
  for (const auto& point : sweep.points)
    if (std::none_of(groups.begin(), groups.end(), [&](const SweepGroup& group) { return group.has(point); }))
      groups.push_back({point.network, point.input_size});
  return groups;
}

std::vector<bool> points_of_front(const SweepReading& sweep, const SweepGoals& goals, const std::vector<bool>& keep) {
  std::vector<bool> front(sweep.points.size());
  for (const SweepGroup& group : groups_of(sweep)) {
    std::vector<std::size_t> candidates;
    std::vector<std::vector<double>> figures;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      if (!keep[i] || !group.has(sweep.points[i])) continue;
      candidates.push_back(i);
      figures.push_back(known_figures(sweep, sweep.points[i]));
    }
    for (const std::size_t index : pareto_front(goals.objectives, figures)) front[candidates[index]] = true;
  }
  return front;
}

}  // namespace ernsim::tools
