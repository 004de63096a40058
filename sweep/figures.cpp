#include "sweep/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "simulation/figures.h"

namespace ernsim {

const std::vector<std::string>& figure_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Figure& each : figures()) all.emplace_back(each.name);
    return all;
  }();
  return names;
}

void require_figure(const std::string& name) { figure(name); }

bool is_known_before(const std::string& name) { return figure(name).known_before; }

bool may_be_unknown(const std::string& name) { return figure(name).may_be_unknown; }

std::vector<double> figures_of(const RunReport& run, bool simulated) {
  std::vector<double> all;
  for (const Figure& each : figures()) all.push_back(simulated || each.known_before ? each.of(run) : std::nan(""));
  return all;
}

std::size_t figure_place(const std::string& name) {
  const auto& names = figure_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

double figure_of(const std::vector<double>& figures, const std::string& name) { return figures[figure_place(name)]; }

std::string broken_text(const SweepConstraint& constraint, double value) {
  if (std::isnan(value))
    return fmt::format("{} is not known, and must be {} {:.6g}", constraint.figure, constraint.relation,
                       constraint.bound);
  return fmt::format("{} is {:.6g}, and must be {} {:.6g}", constraint.figure, value, constraint.relation,
                     constraint.bound);
}

bool keeps(const std::vector<SweepConstraint>& constraints, const std::vector<double>& figures) {
  return std::all_of(constraints.begin(), constraints.end(),
                     [&figures](const SweepConstraint& each) { return keeps(each, figure_of(figures, each.figure)); });
}

std::vector<std::size_t> pareto_front(const std::vector<SweepObjective>& objectives,
                                      const std::vector<std::vector<double>>& points) {
  std::vector<std::size_t> columns;
  for (const SweepObjective& each : objectives) columns.push_back(figure_place(each.figure));
  const auto cost = [&](std::size_t point, std::size_t objective) {
    const double value = points[point][columns[objective]];
    if (std::isnan(value)) return HUGE_VAL;
    return objectives[objective].maximise ? -value : value;
  };
  const auto beats = [&](std::size_t a, std::size_t b) {
    bool better = false;
    for (std::size_t o = 0; o < objectives.size(); ++o) {
      if (cost(a, o) > cost(b, o)) return false;
      better = better || cost(a, o) < cost(b, o);
    }
    return better;
  };
  // In lexicographic order only earlier points can beat a point, and among those only ones of the front.
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t o = 0; o < objectives.size(); ++o)
      if (cost(a, o) != cost(b, o)) return cost(a, o) < cost(b, o);
    return false;
  });
  std::vector<std::size_t> front;
  for (const std::size_t point : order)
    if (std::none_of(front.begin(), front.end(), [&](std::size_t other) { return beats(other, point); }))
      front.push_back(point);
  return front;
}

}  // namespace ernsim
