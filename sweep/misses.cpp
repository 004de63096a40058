#include "sweep/misses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/estimates/fpga/resources.h"
#include "output/text_table.h"
#include "sweep/figures.h"
#include "sweep/screening.h"

namespace ernsim {

namespace {

constexpr std::size_t most_shown = 5;  ///< of either kind

/// How far a figure is from a bound, as a share of the bound.
double distance(const SweepConstraint& constraint, double value) {
  const double away = std::abs(value - constraint.bound);
  return constraint.bound == 0 ? away : away / std::abs(constraint.bound);
}

/// Whether a point's parameters contradict each other: nothing is known of it.
bool is_contradiction(const SweepReading::Point& point) {
  return std::all_of(point.figures.begin(), point.figures.end(), [](double each) { return std::isnan(each); });
}

/// The figure, if it is known and breaks the bound.
std::optional<double> broken_by(const SweepReading& sweep, const SweepReading::Point& point,
                                const SweepConstraint& bound) {
  const double value = figure_of(sweep, point, bound.figure);
  return std::isnan(value) || keeps(bound, value) ? std::nullopt : std::optional<double>(value);
}

/// Whether a constraint cannot be kept because its figure is not known, and no simulation would tell.
bool is_unknown(const SweepReading& sweep, const SweepReading::Point& point, const SweepConstraint& constraint) {
  return (point.simulated() || (is_known_before(constraint.figure) && !is_contradiction(point))) &&
         std::isnan(figure_of(sweep, point, constraint.figure));
}

void add_nearest(const SweepReading& sweep, const std::vector<SweepConstraint>& bounds, bool simulated,
                 std::vector<SweepNearMiss>& found) {
  std::vector<SweepNearMiss> misses;
  for (std::size_t i = 0; i < sweep.points.size(); ++i)
    if (sweep.points[i].simulated() == simulated)
      if (const auto miss = miss_of(sweep, sweep.points[i], bounds)) misses.push_back({i, *miss});
  std::stable_sort(misses.begin(), misses.end(),
                   [](const auto& a, const auto& b) { return a.miss.distance < b.miss.distance; });
  misses.resize(std::min(misses.size(), most_shown));
  found.insert(found.end(), misses.begin(), misses.end());
}

}  // namespace

std::optional<SweepMiss> miss_of(const SweepReading& sweep, const SweepReading::Point& point,
                                 const std::vector<SweepConstraint>& bounds) {
  std::optional<SweepMiss> worst;
  for (const SweepConstraint& each : bounds)
    if (const auto value = broken_by(sweep, point, each); value && (!worst || distance(each, *value) > worst->distance))
      worst = SweepMiss{each, *value, distance(each, *value)};
  return worst;
}

std::vector<SweepConstraint> bounds_of(const SweepGoals& goals) {
  auto bounds = goals.constraints;
  if (goals.must_fit)
    visit_resources(Resources{}, [&bounds](const char* name, std::int64_t) {
      const std::string share = name + std::string("_share");
      const auto same = [&share](const SweepConstraint& each) {
        return each.figure == share && each.relation[0] == '<' && each.bound <= 1;
      };
      if (std::none_of(bounds.begin(), bounds.end(), same)) bounds.push_back({share, "<=", 1});
    });
  return bounds;
}

std::vector<SweepExclusion> exclusions_of(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<SweepExclusion> exclusions;
  const auto add = [&](const std::string& what, const auto& is_excluded) {
    const auto count = static_cast<std::size_t>(std::count_if(sweep.points.begin(), sweep.points.end(), is_excluded));
    if (count > 0) exclusions.push_back({what, count});
  };
  const auto bounds = bounds_of(goals);
  for (const SweepConstraint& each : goals.constraints)
    add(fmt::format("{} ({} is not known)", text_of(each), each.figure),
        [&](const auto& point) { return is_unknown(sweep, point, each); });
  for (std::size_t i = 0; i < bounds.size(); ++i)
    add(text_of(bounds[i]) + (i < goals.constraints.size() ? "" : " (must_fit)"),
        [&](const auto& point) { return broken_by(sweep, point, bounds[i]).has_value(); });
  add("the compiler's estimate (screen)", [](const auto& point) { return is_screened_out(point.reason); });
  add("what the hardware does not allow", [&](const auto& point) {
    return !point.simulated() && !is_screened_out(point.reason) && !miss_of(sweep, point, bounds) &&
           std::none_of(goals.constraints.begin(), goals.constraints.end(),
                        [&](const auto& each) { return is_unknown(sweep, point, each); });
  });
  return exclusions;
}

std::vector<SweepNearMiss> near_misses(const SweepReading& sweep, const SweepGoals& goals) {
  std::vector<SweepNearMiss> found;
  const auto bounds = bounds_of(goals);
  add_nearest(sweep, bounds, true, found);
  add_nearest(sweep, bounds, false, found);
  return found;
}

std::string text_of(const SweepMiss& miss) {
  return fmt::format("{} is {}, must be {} {} ({:.1f} % off)", miss.constraint.figure, figure_text(miss.value),
                     miss.constraint.relation, figure_text(miss.constraint.bound), 100 * miss.distance);
}

}  // namespace ernsim
