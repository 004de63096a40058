#include "report/report_sweep.h"

#include <algorithm>
#include <cmath>

#include "output/rounded.h"
#include "simulation/figures.h"
#include "sweep/answer_json.h"
#include "sweep/front.h"
#include "sweep/misses.h"
#include "sweep/sensitivity.h"
#include "sweep/state_json.h"

namespace ernsim {

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
  json["notes"] = point.notes;
  json["limited_by"] = point.limited_by;
  json["accuracy_source"] = point.accuracy_source;
  json["figures"] = Json::object();
  for (std::size_t i = 0; i < point.figures.size(); ++i)
    json["figures"][sweep.figures[i]] = std::isnan(point.figures[i]) ? Json() : number_json(point.figures[i]);
  return json;
}

/// Numbers of points, in the order in which the report has them.
Json points_json(const SweepReading& sweep, const SweepGoals& goals, const std::vector<SweepGroup>& groups) {
  const auto axes = axes_of(sweep);
  const auto standings = standings_of(sweep, goals);
  Json all = Json::array();
  for (const std::size_t place : best_first(sweep, goals, standings)) {
    const auto& point = sweep.points[place];
    const Standing standing = standings[place];
    all.push_back(point_json(sweep, point, axes));
    all.back()["group"] =
        std::find_if(groups.begin(), groups.end(), [&](auto& each) { return each.has(point); }) - groups.begin();
    all.back()["standing"] = name_of(standing);
    all.back()["keeps_constraints"] = keeps_constraints(standing);
    all.back()["pareto"] = standing == Standing::front;
  }
  return all;
}

Json share_json(const std::optional<double>& share) { return share ? Json(rounded(*share)) : Json(); }

Json step_json(const AxisStep& step) {
  return {{"from", value_json(step.from)},
          {"to", value_json(step.to)},
          {"pairs", step.pairs},
          {"rises", step.rises},
          {"falls", step.falls},
          {"mean_change", number_json(step.mean_change)},
          {"minimum_change", number_json(step.minimum_change)},
          {"maximum_change", number_json(step.maximum_change)},
          {"mean_change_share", share_json(step.mean_share)},
          {"minimum_change_share", share_json(step.minimum_share)},
          {"maximum_change_share", share_json(step.maximum_share)}};
}

/// What a figure does along an axis when nothing else changes.
Json effect_json(const SweepReading& sweep, const ReadAxis& axis, const AxisSlices& slices, std::size_t figure) {
  Json json{{"axis", axis.name}, {"figure", sweep.figures[figure]}, {"steps", Json::array()}};
  for (const AxisStep& step : slices.steps(figure)) json["steps"].push_back(step_json(step));
  json["first_to_last"] = step_json(slices.whole(figure));
  return json;
}

Json sensitivity_json(const SweepReading& sweep, const std::vector<ReadAxis>& axes) {
  Json all = Json::array();
  for (const ReadAxis& axis : axes) {
    const AxisSlices slices(sweep, axis);
    for (std::size_t i = 0; i < sweep.figures.size(); ++i) all.push_back(effect_json(sweep, axis, slices, i));
  }
  return all;
}

Json exclusions_json(const SweepReading& sweep, const SweepGoals& goals) {
  Json all = Json::array();
  for (const SweepExclusion& each : exclusions_of(sweep, goals))
    all.push_back({{"what", each.what}, {"points", each.points}});
  return all;
}

/// The points that miss the constraints by least, if none keeps them.
Json misses_json(const SweepReading& sweep, const SweepGoals& goals, const std::vector<Standing>& standings) {
  Json all = Json::array();
  if (std::count(standings.begin(), standings.end(), Standing::front) > 0) return all;
  for (const auto& [place, miss] : near_misses(sweep, goals))
    all.push_back({{"number", sweep.points[place].number},
                   {"simulated", sweep.points[place].simulated()},
                   {"breaks", text_of(miss.constraint)},
                   {"value", number_json(miss.value)},
                   {"distance_share", rounded(miss.distance)}});
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

Json counts_json(const std::vector<Standing>& standings) {
  const auto count = [&standings](Standing which) { return std::count(standings.begin(), standings.end(), which); };
  const auto all = static_cast<std::ptrdiff_t>(standings.size());
  const auto refused = count(Standing::not_simulated), front = count(Standing::front);
  return {{"points", all},
          {"simulated", all - refused},
          {"not_simulated", refused},
          {"keep_constraints", std::count_if(standings.begin(), standings.end(), keeps_constraints)},
          {"not_compared", count(Standing::not_compared)},
          {"pareto", front}};
}

/// What each network scores, and who says so; none if nothing was said of any.
Json accuracies_json(const SweepReading& sweep) {
  Json all = Json::array();
  for (const auto& point : sweep.points) {
    if (point.accuracy_source.empty() || point.figures.empty()) continue;
    const double share = figure_of(sweep, point, "accuracy");
    const Json one{{"network", point.network},
                   {"input_size", point.input_size},
                   {"accuracy", std::isnan(share) ? Json() : number_json(share)},
                   {"source", point.accuracy_source}};
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
  return all;
}

/// Unit and meaning of each figure; null of one that this version has not.
Json units_json(const SweepReading& sweep) {
  Json units = Json::object();
  for (const std::string& name : sweep.figures) units[name] = nullptr;
  for (const Figure& each : figures())
    if (units.contains(each.name)) units[each.name] = {{"unit", each.unit}, {"meaning", each.meaning}};
  return units;
}

/// What is said of all points, or of those of a group.
void add_summary(Json& json, const SweepReading& sweep, const SweepGoals& goals) {
  const auto axes = axes_of(sweep);
  const auto standings = standings_of(sweep, goals);
  json["counts"] = counts_json(standings);
  json["exclusions"] = exclusions_json(sweep, goals);
  json["misses"] = misses_json(sweep, goals, standings);
  json["axes"] = axes_json(axes);
  json["not_simulated"] = not_simulated_json(sweep);
  json["sensitivity"] = sensitivity_json(sweep, axes);
}

Json answers_json(const SweepReading& sweep, const SweepGoals& goals, const std::vector<SweepGroup>& groups) {
  Json all = Json::array();
  for (const SweepGroup& group : groups) all.push_back(answer_json(sweep, group, goals));
  return all;
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
  const auto groups = groups_of(sweep, goals);
  Json json{{"version", ERNSIM_VERSION}};
  json["state"] = state_json(sweep.state);
  json["subject"] = subject_json(sweep);
  json["objectives"] = objectives_json(goals);
  json["constraints"] = goals.constraint_texts;
  json["answers"] = answers_json(sweep, goals, groups);
  json["points"] = points_json(sweep, goals, groups);
  json["accuracies"] = accuracies_json(sweep);
  json["figures"] = sweep.figures;
  json["figure_units"] = units_json(sweep);
  add_summary(json, sweep, goals);
  json["groups"] = groups_json(sweep, goals, groups);
  json["definition"] = sweep.definition;
  return json;
}

}  // namespace ernsim
