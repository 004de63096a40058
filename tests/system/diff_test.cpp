#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/system/cli_refused.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// Two runs that differ in the array and in the memory of weights.
void make_runs(const Scratch& scratch) {
  REQUIRE(program(quick_run + "--data off --json a.json", scratch).status == 0);
  REQUIRE(
      program(quick_run + "--data off --set convolution.lanes=2 --set memory.weights_words=512 --json b.json", scratch)
          .status == 0);
}

double sum_of(const json& rows, const char* key, std::size_t place) {
  double sum = 0;
  for (const json& row : rows)
    if (row[key][place].is_number()) sum += row[key][place].get<double>();
  return sum;
}

}  // namespace

TEST_CASE("what changed in layers, in the array and in units adds up to what changed in cycles") {
  const Scratch scratch;
  make_runs(scratch);
  const auto diff = json::parse(program("diff a.json b.json --json -", scratch).out);
  const json a = json::parse(contents(scratch / "a.json")), b = json::parse(contents(scratch / "b.json"));
  const double changed = b["cycles"].get<double>() - a["cycles"].get<double>();
  REQUIRE(changed != 0);
  CHECK(sum_of(diff["layer_cycles"], "change", 0) == changed);
  CHECK(std::abs(sum_of(diff["array_cycles"], "change", 0) - changed) < 0.01);
  CHECK(sum_of(diff["unit_cycles"], "change", 0) == changed * static_cast<double>(a["units"].size()));
  for (const std::size_t run : {0U, 1U})
    CHECK(sum_of(diff["layer_cycles"], "values", run) == (run == 0 ? a : b)["cycles"].get<double>());
  REQUIRE(diff["configuration"].size() == 2);
  CHECK(diff["configuration"][0]["name"] == "convolution.lanes");
  CHECK(diff["configuration"][0]["values"] == json::array({"3", "2"}));
}

TEST_CASE("a change that no layer and no use of the array made is given to none") {
  const Scratch scratch;
  make_runs(scratch);
  json other = json::parse(contents(scratch / "a.json"));
  other["cycles"] = other["cycles"].get<std::int64_t>() + 5;
  scratch.write("other.json", other.dump());
  const auto diff = program("diff a.json other.json", scratch);
  REQUIRE(diff.status == 0);
  CHECK_THAT(diff.out, Contains("other.json takes 5 cycles more than a.json, +0.0 %.") && !Contains("largest part"));
  CHECK_THAT(program("diff a.json b.json", scratch).out, Contains("; the largest part: "));
}

TEST_CASE("numbers beyond exact whole ones and texts with control characters are refused") {
  const Scratch scratch;
  make_runs(scratch);
  const json run = json::parse(contents(scratch / "a.json"));
  json large = run, text = run;
  large["cycles"] = 1e300;
  text["network"] = "ERNs18\x1b[2J";
  scratch.write("large.json", large.dump());
  scratch.write("text.json", text.dump());
  const auto refused = [&scratch](const char* file) { return program("diff a.json " + std::string(file), scratch); };
  CHECK(refused("large.json").status == 2);
  CHECK_THAT(refused("large.json").err, Contains("/cycles must be a number below 2^53"));
  CHECK(refused("text.json").status == 2);
  CHECK_THAT(refused("text.json").err, Contains("/network must be a string without control characters"));
}

TEST_CASE("compared the other way round every change has the other sign, and the largest stand first") {
  const Scratch scratch;
  make_runs(scratch);
  const auto there = json::parse(program("diff a.json b.json --json -", scratch).out);
  const auto back = json::parse(program("diff b.json a.json --json -", scratch).out);
  for (const char* list : {"array_cycles", "layer_cycles", "unit_cycles", "layer_bytes"}) {
    REQUIRE(there[list].size() == back[list].size());
    double last = HUGE_VAL;
    for (const json& row : there[list]) {
      CHECK(std::abs(row["change"][0].get<double>()) <= last);
      last = std::abs(row["change"][0].get<double>());
    }
    CHECK(sum_of(there[list], "change", 0) == Approx(-sum_of(back[list], "change", 0)));
  }
}

TEST_CASE("a run compared with itself differs in nothing, and one altered cycle is the only difference found") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--data off --json a.json", scratch).status == 0);
  auto altered = json::parse(contents(scratch / "a.json"));
  altered["units"]["store"]["stall_cycles"]["row_miss"] =
      altered["units"]["store"]["stall_cycles"]["row_miss"].get<int>() + 1;
  scratch.write("b.json", altered.dump());
  const auto diff = json::parse(program("diff a.json a.json b.json --json -", scratch).out);
  CHECK(diff["configuration"].empty());
  for (const char* list : {"figures", "array_cycles", "layer_cycles", "layer_bytes"})
    for (const json& row : diff[list])
      for (const json& change : row["change"]) CHECK((change.is_null() || change == 0));
  const json& first = diff["unit_cycles"][0];
  CHECK(first["unit"] == "store");
  CHECK(first["cause"] == "row_miss");
  CHECK(first["change"] == json::array({0, 1}));
  CHECK(sum_of(diff["unit_cycles"], "change", 1) == 1);
  CHECK_THAT(program("diff a.json a.json", scratch).out, Contains("configuration: the same"));
}

TEST_CASE("layers that only one run has count as none of the other's cycles") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--data off --json a.json", scratch).status == 0);
  REQUIRE(program("run --network ERNs34 --input-size 64x64 --data off --json b.json", scratch).status == 0);
  const auto diff = json::parse(program("diff a.json b.json --json -", scratch).out);
  std::size_t only = 0;
  for (const json& row : diff["layer_cycles"])
    if (row["values"][0].is_null()) {
      ++only;
      CHECK(row["change"][0] == row["values"][1]);
      CHECK(row["percent"][0].is_null());
    }
  CHECK(only > 10);
}

TEST_CASE("files that are no runs are refused by diff and by a report of several") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--data off --json a.json", scratch).status == 0);
  scratch.write("text.json", "no JSON");
  scratch.write("other.json", "{\"network\": 1}");
  auto wrong = json::parse(contents(scratch / "a.json"));
  wrong["units"]["store"]["stall_cycles"]["input"] = "many";
  scratch.write("wrong.json", wrong.dump());
  fs::create_directory(scratch / "sweep");
  for (const char* file : {"missing.json", "text.json", "other.json", "wrong.json", "sweep"}) {
    CHECK_THAT(refused(std::string("diff a.json ") + file, scratch), Contains(file));
    CHECK_THAT(refused(std::string("report --json r.json a.json ") + file, scratch), Contains(file));
  }
  CHECK_THAT(refused("diff a.json", scratch), Contains("two runs or more"));
}
