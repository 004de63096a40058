#include "sweep/front_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "output/text_table.h"

namespace ernsim {

namespace {

using Point = SweepReading::Point;

constexpr std::size_t most_shown = 40;

struct Column {
  std::string title;
  std::function<std::string(const Point&)> cell;
};

std::string value_of(const Point& point, const std::string& key) {
  for (const auto& [name, value] : point.settings)
    if (name == key) return value;
  return "";
}

/// "lanes" for "convolution.lanes", unless another axis ends so too.
std::string short_name(const std::string& key, const Point& point) {
  const auto end_of = [](const std::string& name) { return name.substr(name.rfind('.') + 1); };
  const auto same = std::count_if(point.settings.begin(), point.settings.end(),
                                  [&](const auto& each) { return end_of(each.first) == end_of(key); });
  return same > 1 ? key : end_of(key);
}

class FrontTable {
 public:
  FrontTable(const SweepReading& group, const SweepGoals& goals) : group_(group) {
    const auto standings = standings_of(group, goals);
    for (const std::size_t place : best_first(group, goals, standings))
      if (standings[place] == Standing::front) front_.push_back(&group.points[place]);
    columns_.push_back({"point", [](const Point& point) { return std::to_string(point.number); }});
    add_text("network", &Point::network);
    add_text("input size", &Point::input_size);
    add_axes();
    for (const SweepObjective& each : goals.objectives) add_figure(each.figure);
    required_ = columns_.size();
    for (const char* figure : {"fps", "latency_ms", "lut", "bram18"}) add_figure(figure);
    add_others();
  }

  std::string text(std::size_t width) const {
    std::size_t count = columns_.size();
    while (count > required_ && table(count).width() > width) --count;
    return fmt::format("front: {} {}{}{}\n{}", front_.size(), front_.size() == 1 ? "point" : "points",
                       front_.size() > most_shown ? fmt::format(", the first {}", most_shown) : "",
                       count < columns_.size() ? "; --csv has all figures" : "", table(count).text());
  }

 private:
  /// What tells networks apart, if there are several.
  void add_text(const char* title, std::string Point::*text) {
    const auto& first = group_.points.front();
    const auto same = [&](const Point& point) { return point.*text == first.*text; };
    if (!std::all_of(group_.points.begin(), group_.points.end(), same))
      columns_.push_back({title, [text](const Point& point) { return point.*text; }});
  }

  void add_axes() {
    for (const auto& [key, first] : group_.points.front().settings) {
      const auto same = [key = key, value = first](const Point& point) { return value_of(point, key) == value; };
      if (std::all_of(group_.points.begin(), group_.points.end(), same)) continue;
      columns_.push_back(
          {short_name(key, group_.points.front()), [key = key](const Point& point) { return value_of(point, key); }});
    }
  }

  void add_figure(const std::string& name) {
    if (!shown_.insert(name).second) return;
    columns_.push_back(
        {name, [this, name](const Point& point) { return figure_text(figure_of(group_, point, name)); }});
  }

  void add_others() {
    columns_.push_back({"sums", [this](const Point& point) {
                          return figure_of(group_, point, "accumulator_bits_missing") > 0 ? "may overflow" : "fit";
                        }});
    columns_.push_back({"DRAM MB", [this](const Point& point) {
                          const double bytes = figure_of(group_, point, "dram_read_bytes") +
                                               figure_of(group_, point, "dram_write_bytes");
                          return fmt::format("{:.2f}", bytes / 1e6);
                        }});
    columns_.push_back(
        {"limited by", [](const Point& point) { return point.limited_by.substr(0, point.limited_by.find(',')); }});
  }

  TextTable table(std::size_t count) const {
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < count; ++i) titles.push_back(columns_[i].title);
    TextTable made(titles);
    for (std::size_t row = 0; row < std::min(front_.size(), most_shown); ++row) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < count; ++i) cells.push_back(columns_[i].cell(*front_[row]));
      made.add(cells);
    }
    return made;
  }

  const SweepReading& group_;
  std::vector<const Point*> front_;  ///< the best first
  std::vector<Column> columns_;      ///< the most wanted first
  std::size_t required_ = 0;         ///< of them, those that are always shown
  std::set<std::string> shown_;      ///< figures
};

}  // namespace

std::string front_table(const SweepReading& group, const SweepGoals& goals, std::size_t columns) {
  return FrontTable(group, goals).text(columns);
}

}  // namespace ernsim
