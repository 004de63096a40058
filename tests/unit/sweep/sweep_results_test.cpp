#include "sweep/results.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "sweep/answer.h"
#include "sweep/figures.h"
#include "sweep/misses.h"
#include "tests/support/sweep_file.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::size_t column(const char* name) {
  const auto names = figure_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<SweepRow> random_rows(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<SweepRow> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    rows[i].number = i;
    rows[i].point = {"ERNs18", "released", "256x256", {}};
    rows[i].figures.resize(figure_names().size());
    for (double& figure : rows[i].figures) figure = static_cast<double>(random() % 500);
    if (random() % 8 == 0) rows[i] = {i, rows[i].point, "does not fit", {}};
  }
  return rows;
}

}  // namespace

TEST_CASE("the best of 2000 points are those of a comparison of all that keep the constraints") {
  const auto sweep = sweep_of("constraints = [\"fps >= 100 and lut < 400\", \"dsp <= 300\"]\n" + sweep_text(2000));
  const std::size_t fps = column("fps"), bram = column("bram18"), lut = column("lut"), dsp = column("dsp");
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const auto rows = random_rows(2000, seed);
    const auto keeps_all = [&](const SweepRow& row) {
      return row.reason.empty() && row.figures[fps] >= 100 && row.figures[lut] < 400 && row.figures[dsp] <= 300;
    };
    const auto beats = [&](const SweepRow& a, const SweepRow& b) {
      return keeps_all(a) && a.figures[fps] >= b.figures[fps] && a.figures[bram] <= b.figures[bram] &&
             (a.figures[fps] > b.figures[fps] || a.figures[bram] < b.figures[bram]);
    };
    std::vector<std::size_t> expected, found;
    for (const SweepRow& row : rows)
      if (keeps_all(row) &&
          std::none_of(rows.begin(), rows.end(), [&](const auto& other) { return beats(other, row); }))
        expected.push_back(row.number);
    const auto standings = standings_of(reading_of(sweep, rows), goals_of(sweep));
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (standings[i] == Standing::front) found.push_back(i);
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
    CHECK(found.size() > 1);
  }
}

TEST_CASE("networks and input sizes do not compete: each pair has a front of its own, and the JSON has all of them") {
  const auto sweep = sweep_of("networks = [\"ERNs18\", \"ERNs34\"]\ninput_sizes = [\"256x256\", \"224x224\"]\n");
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 4; ++i) {
    rows.push_back({i, point_of(sweep, static_cast<std::int64_t>(i)), "", std::vector<double>(figure_names().size())});
    rows.back().figures[column("fps")] = static_cast<double>(100 - i);
  }
  const auto reading = reading_of(sweep, rows);
  const auto groups = groups_of(reading, goals_of(sweep));
  REQUIRE(groups.size() == 4);
  for (const Standing standing : standings_of(reading, goals_of(sweep))) CHECK(standing == Standing::front);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(groups[i].network == rows[i].point.network);
    CHECK(groups[i].input_size == rows[i].point.input_size);
  }
  const SweepResults results(reading, goals_of(sweep));
  CHECK(nlohmann::json::parse(results.json())["pareto"] == nlohmann::json::array({0, 1, 2, 3}));
}

TEST_CASE("when no point keeps the constraints the summary says what excludes how many, and which miss by least") {
  const auto sweep = sweep_of("constraints = [\"fps >= 200 and lut <= 0.5\"]\n" + sweep_text(4));
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 4; ++i)
    rows.push_back({i, point_of(sweep, static_cast<std::int64_t>(i)), "", std::vector<double>(figure_names().size())});
  rows[0].figures[column("fps")] = 100;
  rows[1].figures[column("fps")] = 190;
  rows[2] = {2, rows[2].point, "a reason", std::vector<double>(figure_names().size(), std::nan(""))};
  rows[2].figures[column("lut_share")] = 0.6;
  rows[3] = {3, rows[3].point, "weights_words is too small", {}};
  const std::string text = SweepResults(reading_of(sweep, rows), goals_of(sweep)).summary("it.sqlite");
  CHECK_THAT(text, Contains("No point keeps all constraints."));
  CHECK_THAT(text,
             Contains("Of 4 points, fps >= 200 excludes 2, lut_share <= 0.5 excludes 1, what the hardware does not "
                      "allow excludes 1."));
  CHECK_THAT(text,
             Contains("Nearest is point 1 (memory.activations_words=1001): fps is 190, must be >= 200 (5.0 % off)."));
  const auto table = text.substr(text.find("nearest misses"));
  const auto near = table.find("5.0 %"), far = table.find("50.0 %"), skipped = table.find("20.0 %");
  CHECK(near < far);
  CHECK(far < skipped);
  CHECK(skipped != std::string::npos);
}

TEST_CASE(
    "results stand in one order: the front, what keeps the constraints, what breaks them, what was not simulated") {
  const auto sweep = sweep_of("constraints = [\"fps >= 250\"]\n" + sweep_text(300));
  const std::size_t fps = column("fps");
  const auto rows = random_rows(300, 9);
  const auto goals = goals_of(sweep);
  const auto reading = reading_of(sweep, rows);
  const auto standings = standings_of(reading, goals);
  const auto order = best_first(reading, goals, standings);
  REQUIRE(order.size() == 300);
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::size_t a = order[i - 1], b = order[i];
    CHECK(standings[a] <= standings[b]);
    if (standings[a] == standings[b] && standings[a] == Standing::not_simulated) CHECK(a < b);
    if (standings[a] == standings[b] && standings[a] != Standing::not_simulated)
      CHECK(rows[a].figures[fps] >= rows[b].figures[fps]);  // also the nearer miss
  }
  for (const Standing each : {Standing::front, Standing::keeps, Standing::breaks, Standing::not_simulated})
    CHECK(std::count(standings.begin(), standings.end(), each) > 0);
  const SweepResults results(reading, goals);
  const auto json = nlohmann::json::parse(results.json());
  std::istringstream lines(results.csv());
  std::string line;
  std::getline(lines, line);
  CHECK_THAT(line, Catch::StartsWith("number,standing,"));
  for (const std::size_t place : order) {
    std::getline(lines, line);
    CHECK_THAT(line, Catch::StartsWith(std::to_string(place) + "," + name_of(standings[place]) + ","));
  }
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(json["points"][i]["number"] == order[i]);
}

TEST_CASE("the answer names the best point of each objective, and a better one that breaks a constraint") {
  const auto sweep =
      sweep_of("constraints = [\"lut <= 300\"]\nobjectives = [\"max fps\", \"min bram18\"]\n" + sweep_text(4));
  std::vector<SweepRow> rows;
  const auto add = [&](double fps, double bram, double lut) {
    const std::size_t number = rows.size();
    rows.push_back(
        {number, point_of(sweep, static_cast<std::int64_t>(number)), "", std::vector<double>(figure_names().size())});
    rows.back().figures[column("fps")] = fps;
    rows.back().figures[column("bram18")] = bram;
    rows.back().figures[column("lut")] = lut;
  };
  add(100, 10, 300);
  add(200, 20, 300);
  add(150, 25, 200);
  add(400, 5, 301);
  const auto said = [&] {
    std::string text;
    for (const auto& each : answer_of(reading_of(sweep, rows), goals_of(sweep))) text += each + "\n";
    return text;
  };
  CHECK_THAT(said(), Contains("The largest fps, 200, has point 1 (memory.activations_words=1001), with bram18 20."));
  CHECK_THAT(said(), Contains("The smallest bram18, 10, has point 0 (memory.activations_words=1000), with fps 100."));
  CHECK_THAT(said(), Contains("2 of 3 points that keep the constraints are on the front"));
  CHECK_THAT(said(), Contains("A larger fps, 400, has point 3") && Contains("lut is 301, must be <= 300 (0.3 % off)"));
  CHECK_THAT(said(), Contains("Of 4 points, lut <= 300 excludes 1."));
  rows[1].figures[column("bram18")] = 1;
  CHECK_THAT(said(), Contains("Best of 3 points that keep the constraints: point 1") && Contains("fps 200, bram18 1"));
}

TEST_CASE("what takes more than the device has is a miss by that much, of which the resources are known") {
  const auto sweep = sweep_of(sweep_text(2));
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 2; ++i)
    rows.push_back({i, point_of(sweep, static_cast<std::int64_t>(i)), "does not fit K26: lacks 10 bram18",
                    std::vector<double>(figure_names().size(), std::nan(""))});
  rows[0].figures[column("bram18_share")] = 1.5;
  rows[1].figures[column("bram18_share")] = 1.1;
  const auto reading = reading_of(sweep, rows);
  const auto misses = near_misses(reading, goals_of(sweep));
  REQUIRE(misses.size() == 2);
  CHECK(misses[0].place == 1);
  CHECK(text_of(misses[0].miss) == "bram18_share is 1.1, must be <= 1 (10.0 % off)");
  CHECK_THAT(answer_of(reading, goals_of(sweep)).back(), Contains("which was not simulated"));
}
