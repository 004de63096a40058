#include "tools/sweep/misses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "tools/sweep/figures.h"
#include "tools/text_table.h"

namespace ernsim::tools {

namespace {

constexpr std::size_t most_shown = 5;

/// The figure that a constraint is about, if the point breaks it. A point that was not simulated names in its reason
/// the first constraint that it breaks, and the figure.
std::optional<double> broken_by(const SweepConstraint& constraint, const SweepRow& row) {
  if (row.reason.empty()) {
    const double value = figure_of(row.figures, constraint.figure);
    return keeps(constraint, value) ? std::nullopt : std::optional<double>(value);
  }
  const std::string begin = constraint.figure + " is ";
  if (row.reason.rfind(begin, 0) != 0) return std::nullopt;
  const double value = std::strtod(row.reason.c_str() + begin.size(), nullptr);
  return row.reason == broken_text(constraint, value) ? std::optional<double>(value) : std::nullopt;
}

/// How far a figure is from a bound, as a share of the bound.
double distance(const SweepConstraint& constraint, double value) {
  const double away = std::abs(value - constraint.bound);
  return constraint.bound == 0 ? away : away / std::abs(constraint.bound);
}

/// A point and the constraint that it breaks by most.
struct Miss {
  const SweepRow* row = nullptr;
  const SweepConstraint* constraint = nullptr;
  double value = 0, distance = 0;
};

std::optional<Miss> miss_of(const SweepDefinition& definition, const SweepRow& row) {
  std::optional<Miss> worst;
  for (const SweepConstraint& each : definition.constraints)
    if (const auto value = broken_by(each, row); value && (!worst || distance(each, *value) > worst->distance))
      worst = Miss{&row, &each, *value, distance(each, *value)};
  return worst;
}

std::string counts_text(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  std::string text;
  const auto add = [&](const std::string& what, std::size_t count) {
    if (count > 0) text += fmt::format("  {} excludes {} of {} points\n", what, count, rows.size());
  };
  std::size_t others = 0;
  for (const SweepRow& row : rows) others += !row.reason.empty() && !miss_of(definition, row) ? 1 : 0;
  for (const SweepConstraint& each : definition.constraints)
    add(text_of(each), static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&each](const SweepRow& row) {
          return broken_by(each, row).has_value();
        })));
  add("what the hardware or must_fit does not allow", others);
  return text;
}

/// The points that miss by least, of those that were simulated or of those that were not.
std::string nearest_text(const SweepDefinition& definition, const std::vector<SweepRow>& rows, bool simulated) {
  std::vector<Miss> misses;
  for (const SweepRow& row : rows)
    if (row.reason.empty() == simulated)
      if (const auto miss = miss_of(definition, row)) misses.push_back(*miss);
  if (misses.empty()) return "";
  const auto nearer = [](const Miss& a, const Miss& b) { return a.distance < b.distance; };
  std::stable_sort(misses.begin(), misses.end(), nearer);
  TextTable table({"point", "settings", "breaks", "is", "off by"});
  for (std::size_t i = 0; i < std::min(misses.size(), most_shown); ++i) {
    const Miss& miss = misses[i];
    table.add({std::to_string(miss.row->number), settings_text(miss.row->point), text_of(*miss.constraint),
               fmt::format("{:.6g}", miss.value), fmt::format("{:.1f} %", 100 * miss.distance)});
  }
  return fmt::format("nearest misses {}:\n{}",
                     simulated ? "of simulated points, by the constraint that each breaks by most"
                               : "of points that were not simulated, by the first constraint that each breaks",
                     table.text());
}

}  // namespace

std::string misses_text(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  return "no point keeps all constraints\n" + counts_text(definition, rows) + nearest_text(definition, rows, true) +
         nearest_text(definition, rows, false);
}

}  // namespace ernsim::tools
