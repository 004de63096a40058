#include "tools/sweep/results.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/sweep_file.h"
#include "tools/sweep/figures.h"

using namespace ernsim;
using namespace ernsim::tools;
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
    const auto fronts = fronts_of(sweep, rows);
    for (const SweepRow& row : fronts.at(0).rows) found.push_back(row.number);
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
  const auto fronts = fronts_of(sweep, rows);
  REQUIRE(fronts.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(fronts[i].network == rows[i].point.network);
    CHECK(fronts[i].input_size == rows[i].point.input_size);
    REQUIRE(fronts[i].rows.size() == 1);
    CHECK(fronts[i].rows[0].number == i);
  }
  CHECK(nlohmann::json::parse(sweep_json(rows, fronts))["pareto"] == nlohmann::json::array({0, 1, 2, 3}));
}

TEST_CASE("when no point keeps the constraints the summary says what excludes how many, and which miss by least") {
  const auto sweep = sweep_of("constraints = [\"fps >= 200 and lut <= 0.5\"]\n" + sweep_text(4));
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 4; ++i)
    rows.push_back({i, point_of(sweep, static_cast<std::int64_t>(i)), "", std::vector<double>(figure_names().size())});
  rows[0].figures[column("fps")] = 100;
  rows[1].figures[column("fps")] = 190;
  rows[2] = {2, rows[2].point, broken_text(sweep.constraints[1], 0.6), {}};
  rows[3] = {3, rows[3].point, "weights_words is too small", {}};
  const std::string text = sweep_summary(sweep, rows, fronts_of(sweep, rows), "it.sqlite");
  CHECK_THAT(text, Contains("no point keeps all constraints"));
  CHECK_THAT(text, Contains("fps >= 200 excludes 2 of 4 points"));
  CHECK_THAT(text, Contains("lut_share <= 0.5 excludes 1 of 4 points"));
  CHECK_THAT(text, Contains("must_fit does not allow excludes 1 of 4 points"));
  const auto near = text.find("5.0 %"), far = text.find("50.0 %"), skipped = text.find("20.0 %");
  CHECK(near < far);
  CHECK(far < skipped);
  CHECK(skipped != std::string::npos);
}
