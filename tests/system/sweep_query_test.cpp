#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "sweep/database.h"
#include "sweep/figures.h"
#include "tests/support/sweep_file.h"
#include "tests/system/cli_program.h"

using namespace ernsim;
using namespace ernsim::cli;

namespace {

/// A row with these figures and random others.
SweepRow row_with(const SweepDefinition& sweep, std::size_t number, double fps, double bram18, std::mt19937& random) {
  SweepRow row{number, point_of(sweep, static_cast<std::int64_t>(number)), "", {}};
  for (const std::string& name : figure_names())
    row.figures.push_back(name == "fps" ? fps : name == "bram18" ? bram18 : static_cast<double>(random() % 1000));
  return row;
}

}  // namespace

TEST_CASE("a query by constraints finds the one best configuration planted among 2000") {
  const Scratch scratch;
  scratch.write("it.toml", sweep_text(2000, "constraints = [\"fps >= 200 and bram18 <= 288\"]\n"));
  fs::create_directory(scratch / "it");
  const auto sweep = load_sweep((scratch / "it.toml").string());
  std::mt19937 random(5);
  const std::size_t planted = random() % 2000;
  std::vector<SweepRow> rows;
  for (std::size_t i = 0; i < 2000; ++i) {
    const auto more = static_cast<double>(random() % 300), less = static_cast<double>(1 + random() % 100);
    if (i == planted)
      rows.push_back(row_with(sweep, i, 400, 144, random));
    else if (i % 3 == 0)
      rows.push_back(row_with(sweep, i, 400 + more, 288 + less, random));  // faster, but too large
    else if (i % 3 == 1)
      rows.push_back(row_with(sweep, i, 200 - less, 143 - less, random));  // smaller, but too slow
    else
      rows.push_back(row_with(sweep, i, 400 - less, 144 + less, random));  // allowed, and worse
  }
  SweepDatabase((scratch / "it/sweep.sqlite").string(), sweep, SweepAccess::make).add(rows);
  const auto ended = program("sweep it.toml --resume --json -", scratch);
  REQUIRE(ended.status == 0);
  const auto json = nlohmann::json::parse(ended.out);
  CHECK(json["points"].size() == 2000);
  CHECK(json["pareto"] == nlohmann::json::array({planted}));
}
