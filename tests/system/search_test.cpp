#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/system/cli_refused.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// 432 points, of which 216 differ in what is simulated.
const std::string grid =
    "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"max fps\", \"min lut\"]\n[axes]\n"
    "\"schedule.candidates\" = [1]\n\"accelerator.clock_mhz\" = [100, 150, 200]\n\"convolution.lanes\" = [1, 2, 3]\n"
    "\"convolution.block_channels\" = [32, 64]\n\"convolution.cores\" = [1, 2]\n\"memory.weights_words\" = [512, "
    "1024]\n"
    "\"memory.activations_words\" = [1024, 2048, 4096]\n\"fpga.uram_min_words\" = [0, 2048]\n";

std::string search_of(const std::string& keys) { return grid + "[search]\n" + keys + "\n"; }

json sweep_in(const Scratch& scratch, const std::string& name, const std::string& text, const std::string& more = "") {
  scratch.write(name + ".toml", text);
  const auto ended = program("sweep " + name + ".toml --json - " + more, scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return json::parse(ended.out);
}

/// Area of fps and saved LUTs that the simulated points dominate, from no fps and `most` LUTs on.
double hypervolume(const json& sweep, double most) {
  std::vector<std::pair<double, double>> points;
  for (const json& point : sweep["points"])
    if (point["fps"].is_number() && point["lut"].get<double>() < most)
      points.emplace_back(point["lut"].get<double>(), point["fps"].get<double>());
  std::sort(points.begin(), points.end());
  double area = 0, fps = 0;
  for (const auto& [lut, rate] : points)
    if (rate > fps) area += (rate - fps) * (most - lut), fps = rate;
  return area;
}

std::set<std::size_t> simulated(const json& sweep) {
  std::set<std::size_t> numbers;
  for (const json& point : sweep["points"])
    if (point["reason"] == "") numbers.insert(point["number"].get<std::size_t>());
  return numbers;
}

}  // namespace

TEST_CASE("a search finds nearly all of the front's hypervolume with a twentieth of the points") {
  const Scratch scratch;
  const json all = sweep_in(scratch, "all", grid);
  double most = 0;
  for (const json& point : all["points"])
    if (point["fps"].is_number()) most = std::max(most, point["lut"].get<double>() + 1);
  const double whole = hypervolume(all, most);
  for (const char* method : {"nsga2", "ihs"}) {
    const json found =
        sweep_in(scratch, method, search_of("points = 21\npopulation = 12\nmethod = \"" + std::string(method) + "\""));
    INFO(method << " " << hypervolume(found, most) / whole);
    CHECK(simulated(found).size() <= 21);
    CHECK(hypervolume(found, most) >= 0.95 * whole);
    for (const json& point : found["points"])
      for (const json& full : all["points"])
        if (point["number"] == full["number"] && point["reason"] == "") CHECK(point["cycles"] == full["cycles"]);
  }
}

TEST_CASE("a search that goes on with more points has those of one that had them from the start") {
  const Scratch scratch;
  const json whole = sweep_in(scratch, "whole", search_of("points = 16\npopulation = 8\nseed = 3"));
  const json begun = sweep_in(scratch, "parts", search_of("points = 6\npopulation = 8\nseed = 3"));
  const json parts = sweep_in(scratch, "parts", search_of("points = 16\npopulation = 8\nseed = 3"), "--resume");
  CHECK(simulated(begun).size() == 6);
  CHECK(simulated(whole).size() == 16);
  CHECK(simulated(parts) == simulated(whole));
  CHECK(parts["state"]["missing"] == 0);
}

TEST_CASE("what a search cannot be is refused with file, line and what is allowed") {
  const Scratch scratch;
  const auto said = [&](const std::string& keys, const std::string& options = "") {
    scratch.write("it.toml", search_of(keys));
    return refused("sweep it.toml " + options, scratch);
  };
  CHECK_THAT(said("method = \"nsga3\""), Contains("it.toml:") && Contains("nsga2, ihs"));
  CHECK_THAT(said("point = 3"), Contains("did you mean points?"));
  CHECK_THAT(said("points = 0"), Contains("1 to 1000000"));
  CHECK_THAT(said("population = 10"), Contains("multiple of 4"));
  CHECK_THAT(said("points = 10", "--shard 0/2"), Contains("is a search"));
  scratch.write("it.toml", "sample = 3\n" + search_of("points = 3"));
  CHECK_THAT(refused("sweep it.toml", scratch), Contains("a search chooses its points itself"));
}

TEST_CASE("a search does not take few cycles for good where a bound or an objective wants many") {
  const Scratch scratch;
  const std::string bound = "constraints = [\"fps <= 900\"]\n";
  const auto best = [](const json& sweep) {
    double found = 0;
    for (const json& point : sweep["points"])
      if (point["fps"].is_number() && point["fps"] <= 900) found = std::max(found, point["fps"].get<double>());
    return found;
  };
  const json all = sweep_in(scratch, "all", bound + grid);
  const json found = sweep_in(scratch, "found", bound + search_of("points = 216\npopulation = 20"));
  REQUIRE(best(all) > 0);
  CHECK(best(found) == best(all));
}

TEST_CASE("a search in which nothing can be simulated says why, and claims nothing of estimates") {
  const Scratch scratch;
  scratch.write("none.toml", "constraints = [\"lut < 10\"]\n" + search_of("points = 10\npopulation = 8"));
  const auto ended = program("sweep none.toml --json none.json", scratch);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Contains(" 0 of 432 points simulated") && Contains("; of the first: lut is ") &&
                            !Contains("of the estimate"));
  const auto sentences = json::parse(contents(scratch / "none.json"))["state"]["sentences"];
  REQUIRE(sentences.size() == 1);
  CHECK_THAT(sentences[0].get<std::string>(),
             Catch::Matchers::StartsWith("No point could be simulated; of the first: lut is "));
  CHECK_THAT(refused("report none --json -", scratch), Contains(sentences[0].get<std::string>()));
}
