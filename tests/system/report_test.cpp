#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sweep/row.h"
#include "tests/system/cli_program.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string small_sweep =
    "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"max fps\", \"min lut\"]\nconstraints = "
    "[\"latency_ms <= 1\"]\n[axes]\n\"convolution.lanes\" = [1, 2, 3]\n\"memory.weights_words\" = [64, 1024]\n";

/// The program refuses with one line that holds `why`, and leaves nothing behind.
void check_refused(const Scratch& scratch, const std::string& arguments, const std::string& why) {
  const auto before = scratch.names();
  const auto ended = program(arguments, scratch);
  INFO(arguments << ": " << ended.err);
  CHECK(ended.status == 2);
  CHECK_THAT(ended.err, Contains(why));
  CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  CHECK(scratch.names() == before);
}

/// Every line `pointer,value` of a CSV names a value of the JSON.
void check_csv_is_in_json(const std::string& csv, const nlohmann::json& json) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  CHECK(line == "path,value");
  std::size_t numbers = 0;
  while (std::getline(lines, line)) {
    const auto comma = line.find(',');
    if (line.empty() || line.front() != '/' || comma == std::string::npos) continue;  // inside a quoted text
    const auto& value = json.at(nlohmann::json::json_pointer(line.substr(0, comma)));
    if (!value.is_number()) continue;
    ++numbers;
    if (nlohmann::json::parse(line.substr(comma + 1)) != value) FAIL(line);
  }
  CHECK(numbers > 50);
}

bool has_page(const Scratch& scratch) {
  const auto ended = program("report nothing.json --html page.html", scratch);
  return ended.err.find("no report page") == std::string::npos;
}

}  // namespace

TEST_CASE("a report of a run shows the run's JSON, and its CSV holds nothing else") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--json run.json", scratch).status == 0);
  REQUIRE(program("report run.json --json again.json --csv all.csv", scratch).status == 0);
  CHECK(contents(scratch / "again.json") == contents(scratch / "run.json"));
  check_csv_is_in_json(contents(scratch / "all.csv"), nlohmann::json::parse(contents(scratch / "run.json")));
}

TEST_CASE("a report of a sweep has its points, front, constraints and sensitivity") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  REQUIRE(program("sweep it.toml --json sweep.json", scratch).status == 0);
  REQUIRE(program("report it --json report.json --csv report.csv", scratch).status == 0);
  const auto sweep = nlohmann::json::parse(contents(scratch / "sweep.json"));
  const auto report = nlohmann::json::parse(contents(scratch / "report.json"));
  check_csv_is_in_json(contents(scratch / "report.csv"), report);
  REQUIRE(report["points"].size() == sweep["points"].size());
  std::vector<std::size_t> front;
  for (std::size_t i = 0; i < report["points"].size(); ++i) {
    const auto& point = report["points"][i];
    CHECK(point["number"] == sweep["points"][i]["number"]);
    CHECK(point["standing"] == sweep["points"][i]["standing"]);
    if (point["pareto"]) front.push_back(point["number"]);
    CHECK(point["reason"] == sweep["points"][i]["reason"]);
    if (point["reason"] != "") continue;
    CHECK(point["figures"]["cycles"] == sweep["points"][i]["cycles"]);
    CHECK(point["keeps_constraints"] == (point["figures"]["latency_ms"].get<double>() <= 1));
  }
  CHECK(front == sweep["pareto"].get<std::vector<std::size_t>>());
  CHECK(report["answers"] == sweep["answers"]);
  CHECK(report["answers"][0]["sentences"].size() > 1);
  CHECK(report["state"] == sweep["state"]);
  CHECK(report["state"]["missing"] == 0);
  CHECK(report["counts"]["not_simulated"] == 3);
  REQUIRE(report["not_simulated"].size() == 1);
  CHECK(report["not_simulated"][0]["kind"] == "a layer does not fit the memories");
  CHECK(report["not_simulated"][0]["points"] == 3);
  CHECK(report["groups"].empty());
  const auto& effect = report["sensitivity"][0];
  CHECK(effect["axis"] == "convolution.lanes");
  REQUIRE(effect["steps"].size() == 2);
  CHECK(effect["steps"][0]["pairs"] == 1);
  const auto cycles = [&report](int number) {
    for (const auto& point : report["points"])
      if (point["number"] == number) return point["figures"]["cycles"].get<double>();
    return 0.0;
  };
  CHECK(effect["steps"][0]["mean_change"] == cycles(3) - cycles(1));
  CHECK(effect["first_to_last"]["mean_change"] == cycles(5) - cycles(1));
}

TEST_CASE("points of a sweep compete only with those of the same network and input size") {
  const Scratch scratch;
  scratch.write("both.toml",
                "networks = [\"ERNs18x075\", \"ERNs18\"]\ninput_sizes = [\"32x32\", \"64x64\"]\nobjectives = [\"max "
                "fps\"]\n[axes]\n\"convolution.lanes\" = [1, 2]\n");
  REQUIRE(program("sweep both.toml", scratch).status == 0);
  REQUIRE(program("report both --json report.json", scratch).status == 0);
  const auto report = nlohmann::json::parse(contents(scratch / "report.json"));
  REQUIRE(report["groups"].size() == 4);
  REQUIRE(report["points"].size() == 8);
  CHECK(report["counts"]["pareto"] == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& group = report["groups"][i];
    CHECK(group["counts"]["points"] == 2);
    CHECK(group["counts"]["pareto"] == 1);
    for (const auto& effect : group["sensitivity"]) CHECK(effect["axis"] == "convolution.lanes");
    CHECK(report["answers"][i]["network"] == group["network"]);
    for (const auto& point : report["points"]) {
      if (point["group"] != i) continue;
      CHECK(point["axes"]["network"] == group["network"]);
      CHECK(point["axes"]["input_size"] == group["input_size"]);
      CHECK(point["pareto"] == (point["axes"]["convolution.lanes"] == 2));
    }
  }
}

TEST_CASE("a page holds the run's JSON and loads nothing from elsewhere") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--json run.json", scratch).status == 0);
  if (!has_page(scratch)) {
    WARN("skipped: this build has no report page");
    return;
  }
  REQUIRE(program(quick_run + "--html direct.html", scratch).status == 0);
  REQUIRE(program("report run.json --html page.html", scratch).status == 0);
  const auto page = contents(scratch / "page.html");
  CHECK(page == contents(scratch / "direct.html"));
  const std::string begin = "id=\"ernsim-data\">";
  const auto at = page.find(begin) + begin.size();
  const auto json = page.substr(at, page.find("</script>", at) - at);
  CHECK(nlohmann::json::parse(json) == nlohmann::json::parse(contents(scratch / "run.json")));
  const auto markup = page.substr(0, at);
  CHECK(markup.find("<link rel=\"stylesheet") == std::string::npos);
  CHECK(page.find("<script src") == std::string::npos);
}

TEST_CASE("what is no run's JSON is refused with one line") {
  const Scratch scratch;
  scratch.write("text.json", "this is not JSON");
  scratch.write("other.json", "{\"network\": \"ERNs18\"}");
  scratch.write("list.json", "[1, 2]");
  check_refused(scratch, "report nothing.json --json out.json", "nothing.json: cannot be read");
  check_refused(scratch, "report text.json --json out.json", "it is not JSON");
  check_refused(scratch, "report other.json --csv out.csv", "lacks 'stem'");
  check_refused(scratch, "report list.json --json out.json", "must be an object");
  check_refused(scratch, "report --json out.json", "report needs");
  check_refused(scratch, "report text.json", "report needs --html");
  check_refused(scratch, "report text.json --json a --csv a", "both write to a");
}

TEST_CASE("a run's JSON with a part missing or of another type is refused with the part's name") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--data off --json run.json", scratch).status == 0);
  const auto run = nlohmann::json::parse(contents(scratch / "run.json"));
  const auto refused = [&](const std::string& pointer, const nlohmann::json& value) {
    auto changed = run;
    changed[nlohmann::json::json_pointer(pointer)] = value;
    scratch.write("changed.json", changed.dump());
    check_refused(scratch, "report changed.json --json out.json", pointer);
  };
  scratch.write("changed.json", "");
  refused("/cycles", "many");
  refused("/units/store", 3);
  refused("/layers/0/name", nullptr);
  refused("/layers", nlohmann::json::array());
  refused("/profile/dram/read_bytes", {1, 2});
  refused("/profile/memories/weights/peak_words_per_bin", nlohmann::json::array({"x"}));
}

TEST_CASE("a sweep with more points than a page can show is refused as a page and not as JSON") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((scratch / "it/sweep.sqlite").c_str(), &database) == SQLITE_OK);
  std::string more =
      "INSERT INTO points (number, network, stem, input_size, settings, reason, sum) VALUES (100, 'a', 'b', 'c', "
      "'d=1', 'no', '" +
      ernsim::sum_of(100, {"a", "b", "c", "d=1", "no", "", "", ""}, {}) + "')";
  for (int i = 101; i < 20095; ++i)
    more += ", (" + std::to_string(i) + ", 'a', 'b', 'c', 'd=1', 'no', '" +
            ernsim::sum_of(i, {"a", "b", "c", "d=1", "no", "", "", ""}, {}) + "')";
  CHECK(sqlite3_exec(database, more.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  CHECK(program("report it --json all.json", scratch).status == 0);
  if (!has_page(scratch)) {
    WARN("skipped: this build has no report page");
    return;
  }
  check_refused(scratch, "report it --html page.html", "20001 points");
}

TEST_CASE("a directory without a sweep, and a foreign or damaged database, are refused") {
  const Scratch scratch;
  fs::create_directory(scratch / "empty");
  fs::create_directory(scratch / "text");
  fs::create_directory(scratch / "cut");
  scratch.write("text/sweep.sqlite", "this is no database, but long enough to look at");
  scratch.write("it.toml", small_sweep);
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  const std::string whole = contents(scratch / "it/sweep.sqlite");
  scratch.write("cut/sweep.sqlite", whole.substr(0, whole.size() / 2));
  std::string foreign = whole;
  foreign[68] = 'X';  // first byte of application_id
  scratch.write("foreign.sqlite", foreign);
  check_refused(scratch, "report empty --json out.json", "empty/sweep.sqlite: does not exist");
  check_refused(scratch, "report text --json out.json", "text/sweep.sqlite");
  check_refused(scratch, "report cut --json out.json", "cut/sweep.sqlite");
  check_refused(scratch, "report foreign.sqlite --json out.json", "no database of ernsim sweep");
}
