#include "simulation/figures.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "report/figure_json.h"
#include "report/run_json.h"
#include "sweep/figures.h"
#include "tests/unit/simulation/sample_run.h"

using namespace ernsim;

TEST_CASE("a figure that is known before has the value that it has behind the simulation") {
  const SampleRun sample;
  const RunReport run = sample.report();
  const auto before = figures_of(report_before(sample.platform, *run.accumulator_bits_needed), false);
  const auto behind = figures_of(run, true);
  for (std::size_t i = 0; i < figures().size(); ++i) {
    INFO(figures()[i].name);
    if (figures()[i].known_before)
      CHECK(
          (before[i] == behind[i] || (std::isnan(before[i]) && std::isnan(behind[i]) && figures()[i].may_be_unknown)));
    else
      CHECK(std::isnan(before[i]));
    CHECK((figures()[i].may_be_unknown || !std::isnan(behind[i])));
  }
}

TEST_CASE("a run's JSON has every figure where the table says") {
  const RunReport run = SampleRun().report();
  const auto json = nlohmann::ordered_json::parse(to_json(run));
  for (const Figure& each : figures()) {
    INFO(each.name);
    if (*each.in_run == '\0') continue;
    const nlohmann::ordered_json::json_pointer place(each.in_run);
    REQUIRE(json.contains(place));
    CHECK(json[place] == figure_json(run, each.name));
  }
}

TEST_CASE("figures have names of their own, a unit and a meaning") {
  std::set<std::string> names;
  for (const Figure& each : figures()) {
    CHECK(names.insert(each.name).second);
    CHECK(std::string(each.unit) != "");
    CHECK(std::string(each.meaning) != "");
  }
  CHECK(figures_json().size() == names.size());
}
