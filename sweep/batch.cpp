#include "sweep/batch.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "config/user_error.h"
#include "simulation/configuration_notes.h"
#include "simulation/forked.h"
#include "simulation/run_words.h"
#include "simulation/schedule_choice.h"
#include "sweep/accuracy.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"

namespace ernsim {

namespace {

using Kind = PointOutcome::Kind;

/// What tells apart points in whose settings these sections do not count.
std::string key_of(const SweepPoint& point, std::initializer_list<const char*> unseen) {
  std::string key = selection_text(point);
  for (const std::string& setting : point.settings) {
    const std::string section = setting.substr(0, setting.find('.'));
    if (std::none_of(unseen.begin(), unseen.end(), [&](const char* each) { return section == each; }))
      key += "\n" + setting;
  }
  return key;
}

/// What the compiler depends on: prices, the FPGA and the host do not change a schedule.
std::string compiled_key(const SweepPoint& point) { return key_of(point, {"energy", "fpga", "host"}); }

/// What a simulation depends on: prices and the FPGA are for estimates made from its result.
std::string simulated_key(const SweepPoint& point) { return key_of(point, {"energy", "fpga"}); }

/// Keeps the order in which keys come first.
template <class Item, class KeyOf>
std::vector<std::vector<Item>> grouped_by(const std::vector<Item>& items, KeyOf&& key) {
  std::map<std::string, std::size_t> places;
  std::vector<std::vector<Item>> groups;
  for (const Item& item : items) {
    const auto place = places.emplace(key(item), groups.size()).first->second;
    if (place == groups.size()) groups.emplace_back();
    groups[place].push_back(item);
  }
  return groups;
}

struct WantedPoint {
  std::size_t number;
  SweepPoint point;
  PlatformConfig platform;
};
using SharedRun = std::vector<WantedPoint>;  ///< points that differ only in what a simulation does not see

std::vector<PointOutcome> all_end(const SharedRun& points, Kind kind, const std::string& text) {
  std::vector<PointOutcome> outcomes;
  for (const WantedPoint& each : points) outcomes.push_back({each.number, kind, text});
  return outcomes;
}

PointOutcome outcome_of(const SweepDefinition& definition, const WantedPoint& wanted, const CompiledJob& compiled,
                        const Result& result) {
  const Job job = job_of(definition, wanted.point, wanted.platform);
  RunReport report = report_of(job, compiled.schedule, compiled.search, result);
  report.accumulator_bits_needed = accumulator_bits_needed(definition, wanted.point);
  report.accuracy = accuracy_of(definition, wanted.point).share;
  const auto notes = configuration_notes(wanted.platform, job.graph());
  return {wanted.number, Kind::simulated, fmt::format("{}", fmt::join(notes, "; ")), figures_of(report, true),
          limits_text(report)};
}

/// The outcomes of all points, as text.
std::string simulate_shared(const SweepDefinition& definition, const SharedRun& points,
                            std::vector<TimingCandidate>& candidates) {
  for (TimingCandidate& each : candidates) each.compiled.job.platform = points.front().platform;
  const auto tell = [&](const CompiledJob& compiled, const Result& result) {
    std::vector<PointOutcome> outcomes;
    for (const WantedPoint& each : points) outcomes.push_back(outcome_of(definition, each, compiled, result));
    return text_of(outcomes);
  };
  return fastest_of(candidates, 1, tell).told;
}

std::vector<PointOutcome> outcomes_of(const ForkedResult& result, const SharedRun& points) {
  if (result.killed) return all_end(points, Kind::killed, result.text);
  if (result.threw) return all_end(points, Kind::refused, result.text);
  return outcomes_in(result.text);
}

void append(std::vector<PointOutcome>& all, const std::vector<PointOutcome>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Compiles once, then runs each in a process of its own; the only one in this.
std::vector<PointOutcome> simulate_all(const SweepDefinition& definition, const std::vector<SharedRun>& runs) {
  const WantedPoint& first = runs.front().front();
  const Job job = job_of(definition, first.point, first.platform);
  auto candidates = placed(candidates_of(job), job);
  if (runs.size() == 1)
    return outcomes_of(attempted([&](std::size_t) { return simulate_shared(definition, runs.front(), candidates); }, 0),
                       runs.front());
  std::vector<std::size_t> indices(runs.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::vector<PointOutcome> outcomes;
  for_each_forked(
      indices, 1, [&](std::size_t i) { return simulate_shared(definition, runs[i], candidates); },
      [&](const ForkedResult& result) { append(outcomes, outcomes_of(result, runs[result.index])); });
  return outcomes;
}

}  // namespace

std::vector<SweepBatch> batches_of(const SweepDefinition& definition, const std::vector<std::size_t>& points) {
  const auto point = [&](std::size_t number) { return point_of(definition, static_cast<std::int64_t>(number)); };
  std::vector<SweepBatch> batches;
  for (const auto& same : grouped_by(points, [&](std::size_t number) { return compiled_key(point(number)); })) {
    std::size_t simulations = most_simulations;  // the first begins a batch
    for (const auto& shared : grouped_by(same, [&](std::size_t number) { return simulated_key(point(number)); })) {
      if (simulations++ == most_simulations) batches.emplace_back(), simulations = 1;
      batches.back().insert(batches.back().end(), shared.begin(), shared.end());
    }
  }
  return batches;
}

std::vector<PointOutcome> simulate(const SweepDefinition& definition, const SweepBatch& batch) {
  std::vector<PointOutcome> outcomes;
  SharedRun wanted;
  for (const std::size_t number : batch) {
    const SweepPoint point = point_of(definition, static_cast<std::int64_t>(number));
    if (const std::string reason = reason_to_skip(definition, point); !reason.empty())
      outcomes.push_back({number, Kind::refused, reason});
    else
      wanted.push_back({number, point, platform_of(definition, point)});
  }
  if (wanted.empty()) return outcomes;
  try {
    append(outcomes,
           simulate_all(definition, grouped_by(wanted, [](const auto& each) { return simulated_key(each.point); })));
  } catch (const UserError& error) {  // it does not fit
    append(outcomes, all_end(wanted, Kind::refused, error.what()));
  }
  return outcomes;
}

}  // namespace ernsim
