#include "sweep/results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "output/flat_csv.h"
#include "output/json_text.h"
#include "output/terminal.h"
#include "output/text_table.h"
#include "sweep/answer.h"
#include "sweep/answer_json.h"
#include "sweep/front_table.h"
#include "sweep/misses.h"
#include "sweep/point_command.h"
#include "sweep/state_json.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;
using Point = SweepReading::Point;

std::string settings_text(const Point& point) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : point.settings) texts.push_back(key + "=" + value);
  return fmt::format("{}", fmt::join(texts, " "));
}

Json settings_json(const Point& point) {
  Json settings = Json::array();
  for (const auto& [key, value] : point.settings) settings.push_back(key + "=" + value);
  return settings;
}

Json point_json(const SweepReading& sweep, const PointCommands& commands, const Point& point, Standing standing) {
  Json json{{"number", point.number},         {"standing", name_of(standing)},
            {"network", point.network},       {"stem", point.stem},
            {"input_size", point.input_size}, {"settings", settings_json(point)},
            {"reason", point.reason},         {"notes", point.notes}};
  json["limited_by"] = point.limited_by;
  json["accuracy_source"] = point.accuracy_source;
  json["command"] = commands.of(point);
  for (std::size_t i = 0; i < sweep.figures.size(); ++i)
    json[sweep.figures[i]] = std::isnan(point.figures[i]) ? Json() : Json(point.figures[i]);
  return json;
}

std::string objectives_text(const SweepGoals& goals) {
  std::vector<std::string> texts;
  for (const auto& each : goals.objectives) texts.push_back((each.maximise ? "max " : "min ") + each.figure);
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string constraints_text(const SweepGoals& goals) {
  std::vector<std::string> texts;
  for (const auto& each : goals.constraints) texts.push_back(text_of(each));
  return texts.empty() ? "" : fmt::format(" where {}", fmt::join(texts, " and "));
}

/// The points that miss by least, of those that were simulated or of those that were not.
std::string misses_table(const SweepReading& part, const SweepGoals& goals, bool simulated) {
  TextTable table({"point", "settings", "breaks", "is", "off by"});
  std::size_t count = 0;
  for (const auto& [place, miss] : near_misses(part, goals)) {
    const Point& point = part.points[place];
    if (point.simulated() != simulated) continue;
    ++count;
    table.add({std::to_string(point.number), settings_text(point), text_of(miss.constraint), figure_text(miss.value),
               fmt::format("{:.1f} %", 100 * miss.distance)});
  }
  if (count == 0) return "";
  return fmt::format("nearest misses of points that were {}simulated, by the bound that each breaks by most:\n{}",
                     simulated ? "" : "not ", table.text());
}

}  // namespace

SweepResults::SweepResults(SweepReading sweep, SweepGoals goals)
    : sweep_(std::move(sweep)),
      goals_(std::move(goals)),
      standings_(standings_of(sweep_, goals_)),
      order_(best_first(sweep_, goals_, standings_)) {}

std::string SweepResults::csv() const {
  const PointCommands commands(sweep_);
  std::string text =
      fmt::format("number,standing,network,stem,input_size,settings,reason,notes,{},limited_by,accuracy_source,command",
                  fmt::join(sweep_.figures, ","));
  if (!sweep_.points.empty())
    for (const auto& [key, value] : sweep_.points.front().settings) text += "," + key;
  text += "\n";
  for (const std::size_t place : order_) {
    const Point& point = sweep_.points[place];
    text += fmt::format("{},{},{},{},{},{},{},{}", point.number, name_of(standings_[place]), csv_field(point.network),
                        point.stem, point.input_size, csv_field(settings_text(point)), csv_field(point.reason),
                        csv_field(point.notes));
    for (const double figure : point.figures) text += std::isnan(figure) ? "," : fmt::format(",{}", figure);
    text += "," + csv_field(point.limited_by) + "," + csv_field(point.accuracy_source) + "," +
            csv_field(commands.of(point));
    for (const auto& [key, value] : point.settings) text += "," + csv_field(value);
    text += "\n";
  }
  return text;
}

std::string SweepResults::json() const {
  const PointCommands commands(sweep_);
  Json json{{"state", state_json(sweep_.state)},
            {"answers", Json::array()},
            {"pareto", Json::array()},
            {"points", Json::array()}};
  for (const SweepGroup& group : groups_of(sweep_, goals_))
    json["answers"].push_back(answer_json(sweep_, group, goals_));
  for (const std::size_t place : order_) {
    json["points"].push_back(point_json(sweep_, commands, sweep_.points[place], standings_[place]));
    if (standings_[place] == Standing::front) json["pareto"].push_back(sweep_.points[place].number);
  }
  return json_text(json);
}

std::string SweepResults::section(const SweepGroup& group) const {
  const SweepReading part = part_of(sweep_, group);
  const auto standings = standings_of(part, goals_);
  std::string text = fmt::format("\n{}\n", group.title());
  for (const std::string& sentence : answer_of(part, goals_)) text += sentence + "\n";
  if (std::count(standings.begin(), standings.end(), Standing::front) > 0)
    return text + front_table(part, goals_, terminal_columns());
  return text + misses_table(part, goals_, true) + misses_table(part, goals_, false);
}

std::string SweepResults::summary(const std::string& database) const {
  const auto refused = std::count(standings_.begin(), standings_.end(), Standing::not_simulated);
  std::string text;
  for (const std::string& sentence : state_sentences(sweep_.state)) text += sentence + "\n";
  text += fmt::format("{} points in {}, {} of them not simulated\nPareto fronts over {}{}\n", sweep_.points.size(),
                      database, refused, objectives_text(goals_), constraints_text(goals_));
  for (const SweepGroup& group : groups_of(sweep_, goals_)) text += section(group);
  return text;
}

}  // namespace ernsim
