#include "sweep/search_costs.h"

#include <algorithm>
#include <cmath>

#include "sweep/figures.h"

namespace ernsim {

namespace {

constexpr double broken = 1e12;

}  // namespace

SearchCosts costs_of(const SweepDefinition& definition, const FigureOf& figure) {
  bool breaks = false;
  double broken_by = 0;
  for (const SweepConstraint& each : definition.constraints) {
    const double value = figure(each.figure, each.relation.front() == '>');
    if (std::isnan(value) || keeps(each, value)) continue;
    breaks = true;
    broken_by += std::abs(value - each.bound) / std::max(std::abs(each.bound), 1e-9);
  }
  SearchCosts costs;
  for (const SweepObjective& each : definition.objectives) {
    double value = figure(each.figure, each.maximise);
    // Of what is known before, what is not known of a point is not known of those either that it is searched among.
    if (std::isnan(value) && is_known_before(each.figure)) value = 0;
    costs.push_back(breaks ? broken * (1 + broken_by) : each.maximise ? -value : value);
  }
  return costs;
}

SearchCosts refused_costs(const SweepDefinition& definition) {
  return SearchCosts(definition.objectives.size(), 2 * broken);
}

SearchCosts finite(SearchCosts costs) {
  for (double& each : costs)
    if (!std::isfinite(each)) each = broken;
  return costs;
}

bool is_known(const SearchCosts& costs) {
  return std::none_of(costs.begin(), costs.end(), [](double each) { return std::isnan(each); });
}

bool beats(const SearchCosts& a, const SearchCosts& b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) return false;
    better = better || a[i] < b[i];
  }
  return better;
}

}  // namespace ernsim
