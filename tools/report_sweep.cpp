#include "tools/report_sweep.h"

#include <algorithm>
#include <cmath>

#include "tools/rounded.h"
#include "tools/sweep_front.h"
#include "tools/sweep_sensitivity.h"

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

Json points_json(const SweepReading& sweep, const std::vector<ReadAxis>& axes, const SweepGoals& goals) {
  const auto keep = points_that_keep(sweep, goals);
  const auto front = points_of_front(sweep, goals, keep);
  Json all = Json::array();
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    all.push_back(point_json(sweep, sweep.points[i], axes));
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
  const std::vector<ReadAxis> axes = axes_of(sweep);
  const SweepGoals goals = goals_of(sweep.definition);
  Json json{{"version", ERNSIM_VERSION}};
  json["subject"] = subject_json(sweep);
  json["definition"] = sweep.definition;
  json["figures"] = sweep.figures;
  json["axes"] = axes_json(axes);
  json["objectives"] = objectives_json(goals);
  json["constraints"] = goals.constraint_texts;
  json["points"] = points_json(sweep, axes, goals);
  std::size_t simulated = 0, kept = 0, pareto = 0;
  for (const Json& point : json["points"]) {
    simulated += point["reason"].get<std::string>().empty() ? 1 : 0;
    kept += point["keeps_constraints"].get<bool>() ? 1 : 0;
    pareto += point["pareto"].get<bool>() ? 1 : 0;
  }
  json["counts"] = {{"points", json["points"].size()},
                    {"simulated", simulated},
                    {"refused", json["points"].size() - simulated},
                    {"keep_constraints", kept},
                    {"pareto", pareto}};
  json["sensitivity"] = sensitivity_json(sweep, axes);
  return json;
}

}  // namespace ernsim::tools
