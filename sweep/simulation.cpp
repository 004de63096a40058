#include "sweep/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "config/user_error.h"
#include "simulation/forked.h"
#include "sweep/accuracy.h"
#include "sweep/batch.h"
#include "sweep/point_job.h"
#include "sweep/progress.h"

namespace ernsim {

namespace {

/// The row of a point that was not killed.
SweepRow row_of(const SweepDefinition& definition, PointOutcome outcome) {
  SweepRow row{outcome.number, point_of(definition, static_cast<std::int64_t>(outcome.number)), "", {}};
  row.accuracy_source = accuracy_of(definition, row.point).source;
  if (outcome.kind == PointOutcome::Kind::refused) {
    row.reason = std::move(outcome.text);
    row.figures = figures_before(definition, row.point);
    return row;
  }
  row.figures = std::move(outcome.figures);
  row.notes = std::move(outcome.text);
  row.limited_by = std::move(outcome.limited_by);
  return row;
}

/// What becomes of a batch whose process has ended.
std::vector<PointOutcome> outcomes_of(const SweepBatch& batch, const ForkedResult& result) {
  if (!result.threw && !result.killed) return outcomes_in(result.text);
  std::vector<PointOutcome> outcomes;
  for (const std::size_t number : batch)
    outcomes.push_back({number, result.threw ? PointOutcome::Kind::refused : PointOutcome::Kind::killed, result.text});
  return outcomes;
}

/// Those of the points that the database lacks.
std::vector<std::size_t> missing_of(const std::vector<std::size_t>& points, const SweepDatabase& database) {
  return from_user([&] {
    std::vector<std::size_t> finished, missing;
    for (const SweepRow& row : database.rows()) finished.push_back(row.number);
    std::set_difference(points.begin(), points.end(), finished.begin(), finished.end(), std::back_inserter(missing));
    if (!missing.empty()) database.require_writable();
    return missing;
  });
}

}  // namespace

SweepEnd simulate_missing(const SweepDefinition& definition, const std::vector<std::size_t>& points,
                          SweepDatabase& database, std::size_t jobs) {
  const auto missing = missing_of(points, database);
  const auto batches = batches_of(definition, missing);
  std::vector<std::size_t> indices(batches.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  StopSignals stops;
  SweepProgress progress(missing.size(), "points");
  std::map<std::string, std::size_t> killed;
  const auto keep = [&](const PointOutcome& outcome) {
    progress.step();
    if (outcome.kind == PointOutcome::Kind::killed) return void(++killed[outcome.text]);
    database.add(row_of(definition, outcome));
  };
  for_each_forked(
      indices, jobs, [&](std::size_t i) { return text_of(simulate(definition, batches[i])); },
      [&](const ForkedResult& result) {
        for (const PointOutcome& each : outcomes_of(batches[result.index], result)) keep(each);
      },
      &stops);
  std::vector<std::string> texts;
  for (const auto& [signal, count] : killed) texts.push_back(fmt::format("{} by {}", count, signal));
  return {fmt::format("{}", fmt::join(texts, ", ")), stops.taken()};
}

}  // namespace ernsim
