#include "sweep/front.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "sweep/constraints.h"
#include "sweep/figures.h"
#include "sweep/misses.h"

namespace ernsim {

namespace {

/// The point's figures in the order of figure_names(), which `pareto_front` expects.
std::vector<double> known_figures(const SweepReading& sweep, const SweepReading::Point& point) {
  std::vector<double> figures;
  for (const std::string& name : figure_names()) figures.push_back(figure_of(sweep, point, name));
  return figures;
}

bool keeps(const SweepReading& sweep, const SweepReading::Point& point, const SweepGoals& goals) {
  const auto kept = [&](const SweepConstraint& each) { return keeps(each, figure_of(sweep, point, each.figure)); };
  return point.simulated() && std::all_of(goals.constraints.begin(), goals.constraints.end(), kept);
}

/// Whether what networks score decides: fast or small is then not enough.
bool compares_networks(const SweepGoals& goals) {
  return std::any_of(goals.objectives.begin(), goals.objectives.end(),
                     [](const SweepObjective& each) { return each.figure == "accuracy"; });
}

bool is_known(const SweepReading& sweep, const SweepReading::Point& point, const SweepObjective& objective) {
  return !std::isnan(figure_of(sweep, point, objective.figure));
}

/// Sets the standings of those points of a group that keep the constraints.
void compare(const SweepReading& sweep, const SweepGroup& group, const SweepGoals& goals,
             std::vector<Standing>& standings) {
  const auto objectives = objectives_of(part_of(sweep, group), goals);
  std::vector<std::size_t> candidates;
  std::vector<std::vector<double>> figures;
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    const auto& point = sweep.points[i];
    if (standings[i] != Standing::keeps || !group.has(point)) continue;
    const bool known = !objectives.empty() && std::all_of(objectives.begin(), objectives.end(), [&](const auto& each) {
      return is_known(sweep, point, each);
    });
    if (!known) {
      standings[i] = Standing::not_compared;
      continue;
    }
    candidates.push_back(i);
    figures.push_back(known_figures(sweep, point));
  }
  for (const std::size_t index : pareto_front(objectives, figures)) standings[candidates[index]] = Standing::front;
}

std::size_t group_of(const std::vector<SweepGroup>& groups, const SweepReading::Point& point) {
  const auto own = [&point](const SweepGroup& group) { return group.has(point); };
  return static_cast<std::size_t>(std::find_if(groups.begin(), groups.end(), own) - groups.begin());
}

/// What orders points of one standing and one group, one by one; smaller is better.
std::vector<double> costs_of(const SweepReading& sweep, const SweepReading::Point& point, const SweepGoals& goals,
                             Standing standing) {
  if (standing == Standing::not_simulated) return {};
  if (standing == Standing::breaks) {
    const auto miss = miss_of(sweep, point, goals.constraints);
    return {miss ? miss->distance : HUGE_VAL};
  }
  std::vector<double> costs;
  for (const SweepObjective& each : goals.objectives) {
    const double value = figure_of(sweep, point, each.figure);
    costs.push_back(std::isnan(value) ? HUGE_VAL : each.maximise ? -value : value);
  }
  return costs;
}

}  // namespace

SweepGoals goals_of(const SweepDefinition& definition) {
  SweepGoals goals{{}, definition.constraints, definition.objectives, definition.must_fit};
  for (const SweepConstraint& each : goals.constraints) goals.constraint_texts.push_back(text_of(each));
  return goals;
}

std::string SweepGroup::title() const { return of_all() ? "all networks" : network + " " + input_size; }

std::vector<SweepGroup> groups_of(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<SweepGroup> groups;
  if (sweep.points.empty()) return groups;
  const auto& first = sweep.points.front();
  const bool several = std::any_of(sweep.points.begin(), sweep.points.end(), [&first](const auto& point) {
    return point.network != first.network || point.input_size != first.input_size;
  });
  if (several && compares_networks(goals)) return {SweepGroup{}};
  for (const auto& point : sweep.points)
    if (group_of(groups, point) == groups.size()) groups.push_back({point.network, point.input_size});
  return groups;
}

SweepReading part_of(const SweepReading& sweep, const SweepGroup& group) {
  SweepReading part{sweep.definition, sweep.figures, {}, sweep.state};
  for (const auto& point : sweep.points)
    if (group.has(point)) part.points.push_back(point);
  return part;
}

const char* name_of(Standing standing) {
  switch (standing) {
    case Standing::front:
      return "front";
    case Standing::keeps:
      return "keeps";
    case Standing::not_compared:
      return "not compared";
    case Standing::breaks:
      return "breaks";
    case Standing::not_simulated:
      break;
  }
  return "not simulated";
}

bool keeps_constraints(Standing standing) { return standing < Standing::breaks; }

std::vector<SweepObjective> objectives_of(const SweepReading& group, const SweepGoals& goals) {
  std::vector<SweepObjective> known;
  const auto is_known_of = [&](const SweepObjective& each) {
    return std::any_of(group.points.begin(), group.points.end(), [&](const SweepReading::Point& point) {
      return keeps(group, point, goals) && is_known(group, point, each);
    });
  };
  std::copy_if(goals.objectives.begin(), goals.objectives.end(), std::back_inserter(known), is_known_of);
  return known;
}

std::vector<Standing> standings_of(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<Standing> standings;
  for (const auto& point : sweep.points)
    standings.push_back(!point.simulated()           ? Standing::not_simulated
                        : keeps(sweep, point, goals) ? Standing::keeps
                                                     : Standing::breaks);
  for (const SweepGroup& group : groups_of(sweep, goals)) compare(sweep, group, goals, standings);
  return standings;
}

std::vector<std::size_t> best_first(const SweepReading& sweep, const SweepGoals& goals,
                                    const std::vector<Standing>& standings) {
  const auto groups = groups_of(sweep, goals);
  using Key = std::tuple<Standing, std::size_t, std::vector<double>, std::size_t>;
  std::vector<Key> keys;
  for (std::size_t i = 0; i < sweep.points.size(); ++i)
    keys.emplace_back(standings[i], group_of(groups, sweep.points[i]),
                      costs_of(sweep, sweep.points[i], goals, standings[i]), i);
  std::sort(keys.begin(), keys.end());
  std::vector<std::size_t> order;
  for (const Key& key : keys) order.push_back(std::get<3>(key));
  return order;
}

std::size_t place_of(const SweepReading& sweep, const std::string& figure) {
  return static_cast<std::size_t>(std::find(sweep.figures.begin(), sweep.figures.end(), figure) -
                                  sweep.figures.begin());
}

double figure_of(const SweepReading& sweep, const SweepReading::Point& point, const std::string& figure) {
  const std::size_t place = place_of(sweep, figure);
  return place < point.figures.size() ? point.figures[place] : std::nan("");
}

}  // namespace ernsim
