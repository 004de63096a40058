#include "sweep/answer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "output/text_table.h"
#include "simulation/figures.h"
#include "sweep/misses.h"

namespace ernsim {

namespace {

using Point = SweepReading::Point;

std::string count_text(std::size_t count, const std::string& what) {
  return count == 1 ? "one " + what : fmt::format("{} {}s", count, what);
}

std::string best_text(const SweepObjective& objective) {
  return (objective.maximise ? "largest " : "smallest ") + objective.figure;
}

/// What makes the sentences of one group.
class Answer {
 public:
  Answer(const SweepReading& sweep, const SweepGoals& goals)
      : sweep_(sweep),
        goals_(goals),
        compared_(objectives_of(sweep, goals)),
        standings_(standings_of(sweep, goals)),
        order_(best_first(sweep, goals, standings_)) {}

  std::vector<std::string> sentences() const {
    const auto front = places(Standing::front);
    if (goals_.objectives.empty()) return {};
    if (front.empty() && places(Standing::not_compared).empty()) return nothing_found();
    auto found = left_out();
    if (front.empty()) return found;
    for (const auto& each : front.size() == 1 ? best_of_all(front.front()) : bests(front)) found.push_back(each);
    if (const auto text = limit_of_best(front); !text.empty()) found.push_back(text);
    if (const auto text = next_best(front); !text.empty()) found.push_back(text);
    for (const std::string& each : limits(front)) found.push_back(each);
    if (const auto text = nearest_miss(); !text.empty()) found.push_back(text);
    if (const auto text = overflows(front); !text.empty()) found.push_back(text);
    return found;
  }

 private:
  std::vector<std::size_t> places(Standing standing) const {
    std::vector<std::size_t> found;
    std::copy_if(order_.begin(), order_.end(), std::back_inserter(found),
                 [&](std::size_t place) { return standings_[place] == standing; });
    return found;
  }
  const Point& point(std::size_t place) const { return sweep_.points[place]; }
  double figure(std::size_t place, const SweepObjective& objective) const {
    return figure_of(sweep_, point(place), objective.figure);
  }
  bool better(const SweepObjective& objective, double a, double b) const { return objective.maximise ? a > b : a < b; }

  /// The settings in which points differ, or the point's number alone.
  std::string name(std::size_t place) const {
    std::vector<std::string> parts;
    const auto& first = sweep_.points.front();
    const auto differ = [&](std::string Point::*text) {
      return std::any_of(sweep_.points.begin(), sweep_.points.end(),
                         [&](const Point& each) { return each.*text != first.*text; });
    };
    if (differ(&Point::network)) parts.push_back("network=" + point(place).network);
    if (differ(&Point::input_size)) parts.push_back("input_size=" + point(place).input_size);
    if (differ(&Point::stem)) parts.push_back("stem=" + point(place).stem);
    for (const auto& [key, value] : point(place).settings) parts.push_back(key + "=" + value);
    return parts.empty() ? fmt::format("point {}", point(place).number)
                         : fmt::format("point {} ({})", point(place).number, fmt::join(parts, " "));
  }
  std::string figures(std::size_t place, const std::vector<const SweepObjective*>& which) const {
    std::vector<std::string> parts;
    for (const SweepObjective* each : which)
      parts.push_back(fmt::format("{} {}", each->figure, figure_text(figure(place, *each))));
    return fmt::format("{}", fmt::join(parts, ", "));
  }
  /// Figures that constraints speak of: ", with fps 124.1"; empty if there are none.
  std::string wanted(std::size_t place) const {
    std::vector<std::string> parts;
    for (const SweepConstraint& each : goals_.constraints) {
      const auto text = fmt::format("{} {}", each.figure, figure_text(figure_of(sweep_, point(place), each.figure)));
      if (std::find(parts.begin(), parts.end(), text) == parts.end()) parts.push_back(text);
    }
    return parts.empty() ? "" : fmt::format(", with {}", fmt::join(parts, ", "));
  }
  std::vector<const SweepObjective*> all_objectives() const {
    std::vector<const SweepObjective*> all;
    for (const SweepObjective& each : goals_.objectives) all.push_back(&each);
    return all;
  }

  /// "of the 12 points that keep the constraints".
  std::string of_whom() const {
    const std::size_t count = places(Standing::front).size() + places(Standing::keeps).size();
    return fmt::format("of {} that {}", count_text(count, "point"),
                       goals_.constraints.empty() ? (count == 1 ? "was simulated" : "were simulated")
                                                  : (count == 1 ? "keeps the constraints" : "keep the constraints"));
  }

  /// Objectives that are known of no point, and points of which one is not known.
  std::vector<std::string> left_out() const {
    std::vector<std::string> found;
    for (const SweepObjective& each : goals_.objectives) {
      const auto lacking = places_without(each.figure);
      if (lacking.size() == keeping())
        found.push_back(fmt::format("{} is not known of any point, so none is compared by it.", each.figure));
      else if (!lacking.empty())
        found.push_back(fmt::format(
            "{} is not known of {}{}, so {} not compared: no point beats or is beaten by one that is not.", each.figure,
            count_text(lacking.size(), "point"), networks_of(lacking), lacking.size() == 1 ? "it is" : "they are"));
    }
    return found;
  }
  std::size_t keeping() const {
    return static_cast<std::size_t>(std::count_if(standings_.begin(), standings_.end(), keeps_constraints));
  }
  std::vector<std::size_t> places_without(const std::string& figure) const {
    std::vector<std::size_t> found;
    std::copy_if(order_.begin(), order_.end(), std::back_inserter(found), [&](std::size_t place) {
      return keeps_constraints(standings_[place]) && std::isnan(figure_of(sweep_, point(place), figure));
    });
    return found;
  }
  /// " (ERNs18, ERNs34)" if there are several in the group.
  std::string networks_of(const std::vector<std::size_t>& places) const {
    std::set<std::string> all, some;
    for (const Point& each : sweep_.points) all.insert(each.network);
    for (const std::size_t place : places) some.insert(point(place).network);
    return all.size() == 1 ? "" : fmt::format(" ({})", fmt::join(some, ", "));
  }

  std::vector<std::string> best_of_all(std::size_t place) const {
    std::vector<std::string> words;
    for (const SweepObjective& each : compared_) words.push_back(best_text(each));
    return {fmt::format("Best {}: {}: {}. It has the {}.", of_whom(), name(place), figures(place, all_objectives()),
                        fmt::join(words, ", "))};
  }

  std::vector<std::string> bests(const std::vector<std::size_t>& front) const {
    std::vector<std::string> found;
    for (const SweepObjective& objective : compared_) {
      const auto worse = [&](std::size_t a, std::size_t b) {
        return better(objective, figure(a, objective), figure(b, objective));
      };
      const std::size_t best = *std::min_element(front.begin(), front.end(), worse);
      auto others = all_objectives();
      others.erase(std::find_if(others.begin(), others.end(),
                                [&](const auto* each) { return each->figure == objective.figure; }));
      found.push_back(fmt::format("The {}, {}, has {}{}.", best_text(objective), figure_text(figure(best, objective)),
                                  name(best), others.empty() ? wanted(best) : ", with " + figures(best, others)));
    }
    found.push_back(
        fmt::format("{} {} are on the front: no other beats one of them in all objectives.", front.size(), of_whom()));
    return found;
  }

  /// Of those, the best in the first objective.
  std::size_t best_of(const std::vector<std::size_t>& places) const {
    const SweepObjective& first = compared_.front();
    return *std::min_element(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return better(first, figure(a, first), figure(b, first));
    });
  }

  /// What the best in the first objective is limited by: what its array waits for, and the scarcest resource.
  std::string limit_of_best(const std::vector<std::size_t>& front) const {
    const Point& best = point(best_of(front));
    std::string most;
    double largest = -1;
    for (const char* name : {"lut", "ff", "bram18", "uram", "dsp"})
      if (const double share = figure_of(sweep_, best, name + std::string("_share")); share > largest)
        most = name, largest = share;
    if (most.empty()) return "";
    const std::string scarcest = largest >= none_there
                                     ? most + ", of which the device has none"
                                     : fmt::format("{}, {:.1f} % of what the device has", most, 100 * largest);
    return fmt::format("Point {} is limited by {}; the scarcest resource is {}.", best.number,
                       best.limited_by.empty() ? "its arrays alone" : best.limited_by, scarcest);
  }

  /// The next in the first objective, if it is another value.
  std::string next_best(const std::vector<std::size_t>& front) const {
    const SweepObjective& first = compared_.front();
    const double best = figure(best_of(front), first);
    std::vector<std::size_t> others = front;
    const auto keeps = places(Standing::keeps);
    others.insert(others.end(), keeps.begin(), keeps.end());
    others.erase(std::remove_if(others.begin(), others.end(),
                                [&](std::size_t place) { return !better(first, best, figure(place, first)); }),
                 others.end());
    if (others.empty()) return "";
    const std::size_t next = best_of(others);
    return fmt::format("Next in {} is {}: {}.", first.figure, name(next), figures(next, all_objectives()));
  }

  /// The simulated point that misses a bound by least.
  std::string nearest_miss() const {
    for (const SweepNearMiss& each : near_misses(sweep_, goals_))
      if (point(each.place).simulated())
        return fmt::format("The nearest miss is {}: {}; {}.", name(each.place), text_of(each.miss),
                           figures(each.place, all_objectives()));
    return "";
  }

  /// What keeps points away that are better in the first objective.
  std::vector<std::string> limits(const std::vector<std::size_t>& front) const {
    const SweepObjective& first = compared_.front();
    std::vector<std::string> found;
    const auto broken = places(Standing::breaks);
    const auto worse = [&](std::size_t a, std::size_t b) { return better(first, figure(a, first), figure(b, first)); };
    const auto best = std::min_element(broken.begin(), broken.end(), worse);
    if (best != broken.end() && better(first, figure(*best, first), figure(front.front(), first)))
      found.push_back(fmt::format("A {} {}, {}, has {}, where {}.", first.maximise ? "larger" : "smaller", first.figure,
                                  figure_text(figure(*best, first)), name(*best),
                                  text_of(*miss_of(sweep_, point(*best), goals_.constraints))));
    if (const auto text = exclusions(); !text.empty()) found.push_back(text);
    return found;
  }

  /// Values are not simulated: what the weights can reach decides.
  std::string overflows(const std::vector<std::size_t>& front) const {
    std::vector<std::string> numbers;
    for (const std::size_t place : front)
      if (figure_of(sweep_, point(place), "accumulator_bits_missing") > 0)
        numbers.push_back(std::to_string(point(place).number));
    if (numbers.empty()) return "";
    return fmt::format(
        "Results may be wrong of {} of the front ({}): their accumulators have fewer bits than the network's sums can "
        "need; the constraint accumulator_bits_missing < 1 leaves such points out.",
        count_text(numbers.size(), "point"), fmt::join(numbers, ", "));
  }

  std::string exclusions() const {
    std::vector<std::string> parts;
    for (const SweepExclusion& each : exclusions_of(sweep_, goals_))
      parts.push_back(fmt::format("{} excludes {}", each.what, each.points));
    if (parts.empty()) return "";
    return fmt::format("Of {}, {}.", count_text(sweep_.points.size(), "point"), fmt::join(parts, ", "));
  }

  std::vector<std::string> nothing_found() const {
    std::vector<std::string> found{goals_.constraints.empty() ? "No point could be simulated."
                                                              : "No point keeps all constraints."};
    if (const auto text = exclusions(); !text.empty()) found.push_back(text);
    const auto misses = near_misses(sweep_, goals_);
    if (!misses.empty())
      found.push_back(fmt::format("Nearest is {}{}: {}.", name(misses.front().place),
                                  point(misses.front().place).simulated() ? "" : ", which was not simulated",
                                  text_of(misses.front().miss)));
    return found;
  }

  const SweepReading& sweep_;
  const SweepGoals& goals_;
  std::vector<SweepObjective> compared_;  ///< those of the objectives that points are compared by
  std::vector<Standing> standings_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::string> answer_of(const SweepReading& group, const SweepGoals& goals) {
  return Answer(group, goals).sentences();
}

}  // namespace ernsim
