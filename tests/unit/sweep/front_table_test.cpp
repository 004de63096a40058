#include "sweep/front_table.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "sweep/figures.h"
#include "tests/support/sweep_file.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

/// Both points are on the front.
SweepReading two_points(const SweepDefinition& sweep) {
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 2; ++i) {
    SweepRow row{i, point_of(sweep, static_cast<std::int64_t>(i)), "", std::vector<double>(figure_names().size(), 1)};
    row.limited_by = "weights 3.1%, lanes 2.0%";
    rows.push_back(row);
  }
  return reading_of(sweep, rows);
}

std::size_t longest_line(const std::string& text) {
  std::istringstream lines(text.substr(text.find('\n') + 1));
  std::size_t longest = 0;
  for (std::string line; std::getline(lines, line);) longest = std::max(longest, line.size());
  return longest;
}

}  // namespace

TEST_CASE("the table of a front is as wide as it may be, and always has what differs and the objectives") {
  const auto sweep = sweep_of(
      "objectives = [\"min energy_mj\", \"min lut\"]\n[axes]\n\"convolution.cores\" = [1]\n"
      "\"convolution.lanes\" = [1, 2]\n");
  const auto reading = two_points(sweep);
  const auto goals = goals_of(sweep);
  const std::string wide = front_table(reading, goals, 1000);
  CHECK_THAT(wide, Contains("limited by") && Contains("weights 3.1%") && !Contains("--csv"));
  CHECK_THAT(wide, Contains("lanes") && !Contains("convolution") && !Contains("cores"));
  const std::size_t width = longest_line(wide);
  CHECK(front_table(reading, goals, width) == wide);
  const std::string narrower = front_table(reading, goals, width - 1);
  CHECK_THAT(narrower, !Contains("limited by") && Contains("--csv has all figures"));
  CHECK(longest_line(narrower) < width);
  CHECK_THAT(front_table(reading, goals, 1), Contains("lanes  energy_mj  lut"));
}

TEST_CASE("axes that end alike keep their whole names in the table of a front") {
  const auto sweep =
      sweep_of("[axes]\n\"traffic.camera.rate_mb_s\" = [1, 2]\n\"traffic.display.rate_mb_s\" = [3, 4]\n");
  CHECK_THAT(front_table(two_points(sweep), goals_of(sweep), 1), Contains("traffic.display.rate_mb_s"));
}
