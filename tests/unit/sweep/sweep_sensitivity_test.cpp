#include "sweep/sensitivity.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace ernsim;

namespace {

using Point = SweepReading::Point;

/// A point with one figure, which is NaN if it is not known.
Point point_with(const std::vector<std::pair<std::string, std::string>>& settings, double figure) {
  Point point;
  point.network = "ERNs18";
  point.settings = settings;
  point.figures = {figure};
  if (std::isnan(figure)) point.reason = "does not fit";
  return point;
}

SweepReading sweep_of(std::vector<Point> points) {
  SweepReading sweep;
  sweep.figures = {"fps"};
  sweep.points = std::move(points);
  return sweep;
}

ReadAxis axis_named(const SweepReading& sweep, const std::string& name) {
  for (const ReadAxis& axis : axes_of(sweep))
    if (axis.name == name) return axis;
  return {};
}

double mean_at(const SweepReading& sweep, const std::string& axis, const std::string& value) {
  double sum = 0;
  int count = 0;
  for (const Point& point : sweep.points)
    if (value_on(point, axis) == value && !std::isnan(point.figures[0])) sum += point.figures[0], ++count;
  return sum / count;
}

bool differ_in(const Point& a, const Point& b, const std::string& axis, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return (value_on(a, name) == value_on(b, name)) == (name != axis);
  });
}

}  // namespace

TEST_CASE("where fast points do not fit, means fall and pairs rise: the sensitivity is that of the pairs") {
  std::vector<Point> points;
  for (int clock = 1; clock <= 4; ++clock)
    for (int lanes = 1; lanes <= 3; ++lanes) {
      const bool fits = lanes < 3 || clock == 1;
      points.push_back(point_with({{"clock", std::to_string(clock)}, {"lanes", std::to_string(lanes)}},
                                  fits ? 100.0 * clock * (1 + 0.2 * lanes) : std::nan("")));
    }
  const auto sweep = sweep_of(points);
  REQUIRE(mean_at(sweep, "lanes", "3") < mean_at(sweep, "lanes", "2"));
  const auto axis = axis_named(sweep, "lanes");
  const auto steps = AxisSlices(sweep, axis).steps(0);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].pairs == 4);
  CHECK(steps[0].rises == 4);
  CHECK(steps[0].mean_share.value() == Approx(1.4 / 1.2 - 1));
  CHECK(steps[1].pairs == 1);
  CHECK(steps[1].rises == 1);
  CHECK(steps[1].mean_share.value() == Approx(1.6 / 1.4 - 1));
  const auto whole = AxisSlices(sweep, axis).whole(0);
  CHECK(whole.from == "1");
  CHECK(whole.to == "3");
  CHECK(whole.pairs == 1);
  CHECK(whole.mean_change == Approx(40));
}

TEST_CASE("a step has the pairs that a comparison of every point with every other finds") {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::vector<Point> points;
    for (int a = 0; a < 4; ++a)
      for (int b = 0; b < 3; ++b)
        for (const char* name : {"kernel_columns", "pixels"}) {
          if (random() % 4 == 0) continue;  // as in a sample
          points.push_back(point_with({{"a", std::to_string(8 * a)}, {"b", std::to_string(b)}, {"mapping", name}},
                                      random() % 3 == 0 ? std::nan("") : static_cast<double>(random() % 100)));
        }
    std::shuffle(points.begin(), points.end(), random);
    const auto sweep = sweep_of(points);
    const std::vector<std::string> names{"network", "stem", "input_size", "a", "b", "mapping"};
    for (const ReadAxis& axis : axes_of(sweep)) {
      const auto steps = AxisSlices(sweep, axis).steps(0);
      REQUIRE(steps.size() == axis.values.size() - 1);
      for (std::size_t s = 0; s < steps.size(); ++s) {
        std::vector<double> changes;
        for (const Point& from : points)
          for (const Point& to : points)
            if (value_on(from, axis.name) == axis.values[s] && value_on(to, axis.name) == axis.values[s + 1] &&
                differ_in(from, to, axis.name, names) && !std::isnan(from.figures[0] + to.figures[0]))
              changes.push_back(to.figures[0] - from.figures[0]);
        CHECK(steps[s].pairs == changes.size());
        const auto rises = std::count_if(changes.begin(), changes.end(), [](double each) { return each > 0; });
        const auto falls = std::count_if(changes.begin(), changes.end(), [](double each) { return each < 0; });
        CHECK(steps[s].rises == static_cast<std::size_t>(rises));
        CHECK(steps[s].falls == static_cast<std::size_t>(falls));
        if (changes.empty()) continue;
        CHECK(steps[s].minimum_change == *std::min_element(changes.begin(), changes.end()));
        CHECK(steps[s].maximum_change == *std::max_element(changes.begin(), changes.end()));
      }
    }
  }
}

TEST_CASE("a step without a pair has none of its changes, and one from 0 no share") {
  const auto sweep = sweep_of({point_with({{"a", "1"}, {"b", "1"}}, 0), point_with({{"a", "2"}, {"b", "1"}}, 5),
                               point_with({{"a", "3"}, {"b", "2"}}, 6)});
  const auto axis = axis_named(sweep, "a");
  const auto steps = AxisSlices(sweep, axis).steps(0);
  CHECK(steps[0].pairs == 1);
  CHECK(steps[0].mean_change == 5);
  CHECK_FALSE(steps[0].mean_share);
  CHECK(steps[1].pairs == 0);
  CHECK_FALSE(steps[1].mean_share);
}
