#include "tools/sweep_results.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/support/sweep_file.h"
#include "tools/sweep_figures.h"

using namespace ernsim;
using namespace ernsim::tools;

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
    rows[i].figures.resize(figure_names().size());
    for (double& figure : rows[i].figures) figure = static_cast<double>(random() % 500);
    if (random() % 8 == 0) rows[i] = {i, {}, "does not fit", {}};
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
    for (const SweepRow& row : best(sweep, rows)) found.push_back(row.number);
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
    CHECK(found.size() > 1);
  }
}
