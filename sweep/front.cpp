#include "sweep/front.h"

#include <algorithm>
#include <cmath>
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

std::size_t group_of(const std::vector<SweepGroup>& groups, const SweepReading::Point& point) {
  const auto own = [&point](const SweepGroup& group) { return group.has(point); };
  return static_cast<std::size_t>(std::find_if(groups.begin(), groups.end(), own) - groups.begin());
}

/// What orders points of one standing and one group; smaller is better.
double cost_of(const SweepReading& sweep, const SweepReading::Point& point, const SweepGoals& goals,
               Standing standing) {
  if (standing == Standing::not_simulated || goals.objectives.empty()) return 0;
  if (standing == Standing::breaks) {
    const auto miss = miss_of(sweep, point, goals.constraints);
    return miss ? miss->distance : HUGE_VAL;
  }
  const SweepObjective& first = goals.objectives.front();
  const double value = figure_of(sweep, point, first.figure);
  if (std::isnan(value)) return HUGE_VAL;
  return first.maximise ? -value : value;
}

}  // namespace

SweepGoals goals_of(const SweepDefinition& definition) {
  SweepGoals goals{{}, definition.constraints, definition.objectives, definition.must_fit};
  for (const SweepConstraint& each : goals.constraints) goals.constraint_texts.push_back(text_of(each));
  return goals;
}

std::vector<SweepGroup> groups_of(const SweepReading& sweep) {
  std::vector<SweepGroup> groups;
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
    case Standing::breaks:
      return "breaks";
    case Standing::not_simulated:
      break;
  }
  return "not simulated";
}

std::vector<Standing> standings_of(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<Standing> standings;
  for (const auto& point : sweep.points)
    standings.push_back(!point.simulated()           ? Standing::not_simulated
                        : keeps(sweep, point, goals) ? Standing::keeps
                                                     : Standing::breaks);
  for (const SweepGroup& group : groups_of(sweep)) {
    std::vector<std::size_t> candidates;
    std::vector<std::vector<double>> figures;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      if (standings[i] != Standing::keeps || !group.has(sweep.points[i])) continue;
      candidates.push_back(i);
      figures.push_back(known_figures(sweep, sweep.points[i]));
    }
    for (const std::size_t index : pareto_front(goals.objectives, figures))
      standings[candidates[index]] = Standing::front;
  }
  return standings;
}

std::vector<std::size_t> best_first(const SweepReading& sweep, const SweepGoals& goals,
                                    const std::vector<Standing>& standings) {
  const auto groups = groups_of(sweep);
  using Key = std::tuple<Standing, std::size_t, double, std::size_t>;
  std::vector<Key> keys;
  for (std::size_t i = 0; i < sweep.points.size(); ++i)
    keys.emplace_back(standings[i], group_of(groups, sweep.points[i]),
                      cost_of(sweep, sweep.points[i], goals, standings[i]), i);
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
