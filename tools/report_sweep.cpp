#include "tools/report_sweep.h"

#include <algorithm>
#include <cmath>

#include "tools/rounded.h"
#include "tools/sweep/front.h"
#include "tools/sweep/sensitivity.h"

namespace ernsim::tools {

namespace {

using Json = nlohmann::ordered_json;

/// A number if it reads as one.
Json value_json(const std::string& text) {
  const Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_number() ? parsed : Json(text);
}

/// Whole numbers stay whole.
Json number_json(double value) {
  const double six = rounded(value);
  if (std::abs(six) < 9e15 && six == std::trunc(six)) return static_cast<std::int64_t>(six);
  return six;
}

Json axes_json(const std::vector<ReadAxis>& axes) {
  Json all = Json::array();
  for (const ReadAxis& axis : axes) {
    Json values = Json::array();
    for (const std::string& value : axis.values) values.push_back(value_json(value));
    all.push_back({{"name", axis.name}, {"values", values}});
  }
  return all;
}

Json point_json(const SweepReading& sweep, const SweepReading::Point& point, const std::vector<ReadAxis>& axes) {
  Json json{{"number", point.number}};
  json["axes"] = Json::object();
  for (const ReadAxis& axis : axes) json["axes"][axis.name] = value_json(value_on(point, axis.name));
  json["reason"] = point.reason;
  json["figures"] = Json::object();
  for (std::size_t i = 0; i < point.figures.size(); ++i)
    json["figures"][sweep.figures[i]] = number_json(point.figures[i]);
  return json;
}

Json points_json(const SweepReading& sweep, const SweepGoals& goals, const std::vector<SweepGroup>& groups) {
  const auto axes = axes_of(sweep);
  const auto keep = points_that_keep(sweep, goals);
  const auto front = points_of_front(sweep, goals, keep);
  Json all = Json::array();
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    const auto& point = sweep.points[i];
    all.push_back(point_json(sweep, point, axes));
    all.back()["group"] =
        std::find_if(groups.begin(), groups.end(), [&](auto& each) { return each.has(point); }) - groups.begin();
    all.back()["keeps_constraints"] = static_cast<bool>(keep[i]);
    all.back()["pareto"] = static_cast<bool>(front[i]);
  }
  return all;
}

/// How far the mean of a figure moves along an axis, and where it is at each value.
Json effect_json(const ReadAxis& axis, const std::string& figure, const std::vector<Spread>& spreads) {
  Json json{{"axis", axis.name}, {"figure", figure}};
  double low = 0, high = 0, sum = 0;
  std::size_t used = 0, points = 0;
  Json values = Json::array();
  for (std::size_t i = 0; i < spreads.size(); ++i) {
    const Spread& spread = spreads[i];
    if (spread.points == 0) continue;
    low = used == 0 ? spread.mean : std::min(low, spread.mean);
    high = used++ == 0 ? spread.mean : std::max(high, spread.mean);
    sum += spread.mean * static_cast<double>(spread.points);
    points += spread.points;
    values.push_back({{"value", value_json(axis.values[i])},
                      {"points", spread.points},
                      {"mean", number_json(spread.mean)},
                      {"minimum", number_json(spread.minimum)},
                      {"maximum", number_json(spread.maximum)}});
  }
  const double mean = points == 0 ? 0 : sum / static_cast<double>(points);
  json["mean_range"] = number_json(high - low);
  json["mean_range_share"] = mean == 0 ? 0 : rounded((high - low) / std::abs(mean));
  json["values"] = values;
  return json;
}

Json sensitivity_json(const SweepReading& sweep, const std::vector<ReadAxis>& axes) {
  Json all = Json::array();
  for (const ReadAxis& axis : axes)
    for (std::size_t i = 0; i < sweep.figures.size(); ++i)
      all.push_back(effect_json(axis, sweep.figures[i], spreads(sweep, axis, i)));
  return all;
}

Json objectives_json(const SweepGoals& goals) {
  Json all = Json::array();
  for (const auto& each : goals.objectives) all.push_back({{"figure", each.figure}, {"maximise", each.maximise}});
  return all;
}

/// Why a point was not simulated, in general.
std::string kind_of(const std::string& reason) {
  const auto has = [&reason](const char* words) { return reason.find(words) != std::string::npos; };
  if (has(", and must be ")) return "breaks a constraint";
  if (reason.rfind("does not fit ", 0) == 0) return "takes more than the device has";
  if (has("does not fit")) return "a layer does not fit the memories";
  return "other reasons";
}

/// The points that were not simulated, by kind of reason, each with the first reason of its kind.
Json not_simulated_json(const SweepReading& sweep) {
  Json kinds = Json::array();
  for (const auto& point : sweep.points) {
    if (point.reason.empty()) continue;
    const std::string kind = kind_of(point.reason);
    const auto same = [&kind](const Json& each) { return each["kind"] == kind; };
    auto found = std::find_if(kinds.begin(), kinds.end(), same);
    if (found == kinds.end()) {
      kinds.push_back({{"kind", kind}, {"points", 0}, {"example", point.reason}});
      found = kinds.end() - 1;
    }
    (*found)["points"] = (*found)["points"].get<int>() + 1;
  }
  return kinds;
}

Json counts_json(const SweepReading& sweep, const SweepGoals& goals) {
  const auto keep = points_that_keep(sweep, goals);
  const auto front = points_of_front(sweep, goals, keep);
  const auto refused =
      std::count_if(sweep.points.begin(), sweep.points.end(), [](const auto& point) { return !point.reason.empty(); });
  return {{"points", sweep.points.size()},
          {"simulated", static_cast<std::int64_t>(sweep.points.size()) - refused},
          {"not_simulated", refused},
          {"keep_constraints", std::count(keep.begin(), keep.end(), true)},
          {"pareto", std::count(front.begin(), front.end(), true)}};
}

/// What is said of all points, or of those of a group.
void add_summary(Json& json, const SweepReading& sweep, const SweepGoals& goals) {
  const auto axes = axes_of(sweep);
  json["axes"] = axes_json(axes);
  json["counts"] = counts_json(sweep, goals);
  json["not_simulated"] = not_simulated_json(sweep);
  json["sensitivity"] = sensitivity_json(sweep, axes);
}

SweepReading part_of(const SweepReading& sweep, const SweepGroup& group) {
  SweepReading part{sweep.definition, sweep.figures, {}};
  for (const auto& point : sweep.points)
    if (group.has(point)) part.points.push_back(point);
  return part;
}

/// None if all points are of one group.
Json groups_json(const SweepReading& sweep, const SweepGoals& goals, const std::vector<SweepGroup>& groups) {
  Json all = Json::array();
  if (groups.size() < 2) return all;
  for (const SweepGroup& group : groups) {
    all.push_back({{"network", group.network}, {"input_size", group.input_size}});
    add_summary(all.back(), part_of(sweep, group), goals);
  }
  return all;
}

/// What all points have in common is said once.
Json subject_json(const SweepReading& sweep) {
  const auto& first = sweep.points.front();
  Json subject = Json::object();
  const auto same = [&](const char* name, const auto& member) {
    const auto equal = [&](const auto& point) { return member(point) == member(first); };
    if (std::all_of(sweep.points.begin(), sweep.points.end(), equal)) subject[name] = member(first);
  };
  same("network", [](const auto& point) { return point.network; });
  same("stem", [](const auto& point) { return point.stem; });
  same("input_size", [](const auto& point) { return point.input_size; });
  return subject;
}

}  // namespace

Json load_sweep_report(const std::string& path) {
  const SweepReading sweep = read_sweep(path);
  const SweepGoals goals = goals_of(sweep.definition);
  const auto groups = groups_of(sweep);
  Json json{{"version", ERNSIM_VERSION}};
  json["subject"] = subject_json(sweep);
  json["definition"] = sweep.definition;
  json["figures"] = sweep.figures;
  json["objectives"] = objectives_json(goals);
  json["constraints"] = goals.constraint_texts;
  json["points"] = points_json(sweep, goals, groups);
  add_summary(json, sweep, goals);
  json["groups"] = groups_json(sweep, goals, groups);
  return json;
}

}  // namespace ernsim::tools
