#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

nlohmann::json run_json(const std::string& options) {
  const auto ended = program(quick_run + options + " --json -");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(ended.out);
}

}  // namespace

TEST_CASE("a run prints a table") {
  const auto ended = program(quick_run + "--data off");
  CHECK(ended.status == 0);
  CHECK(ended.err.empty());
  CHECK_THAT(ended.out, Contains("latency") && Contains("backbone.conv1") && Contains("load_weights"));
}

TEST_CASE("no copyright notice is printed") {
  const auto ended = program("--version");
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::StartsWith("ernsim "));
  CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 1);
  CHECK(ended.err.empty());
}

TEST_CASE("a timing-only run has the same cycles as a run with values") {
  auto with = run_json("--data on");
  auto without = run_json("--data off");
  CHECK(with["top5"].size() == 5);
  CHECK(without["top5"].empty());
  for (const char* key : {"data", "command", "top5", "overflows"}) {
    with.erase(key);
    without.erase(key);
  }
  for (auto* run : {&with, &without}) (*run)["digests"].erase("weights");  // not drawn
  CHECK(with == without);
}

TEST_CASE("two runs write the same bytes") {
  const auto first = program(quick_run + "--json -");
  const auto second = program(quick_run + "--json -");
  CHECK(first.status == 0);
  CHECK(first.out == second.out);
}

TEST_CASE("other weights do not change the cycles") {
  auto one = run_json("--seed 1");
  auto two = run_json("--seed 2");
  CHECK(one["cycles"] == two["cycles"]);
  CHECK(one["top5"] != two["top5"]);
}

TEST_CASE("a dash sends one output to standard output and leaves the table out") {
  const auto csv = program(quick_run + "--data off --csv -");
  CHECK_THAT(csv.out, Catch::StartsWith("name,kind,"));
  const auto schedule = program(quick_run + "--data off --save-schedule -");
  CHECK_FALSE(schedule.out.empty());
  CHECK_THAT(schedule.out, !Contains("latency      "));
}

TEST_CASE("several frames run back to back") {
  const auto json = run_json("--data off --frames 3");
  CHECK(json["frames"] == 3);
  CHECK(json["fps"].get<double>() > 0);
}

TEST_CASE("a saved schedule gives the same run") {
  const Scratch scratch;
  const auto saved = program(quick_run + "--json first.json --save-schedule it.schedule", scratch);
  const auto loaded = program(quick_run + "--json second.json --schedule it.schedule", scratch);
  CHECK(saved.status == 0);
  CHECK(loaded.status == 0);
  const auto figures = [&scratch](const char* file) {
    auto json = nlohmann::json::parse(contents(scratch / file));
    for (const char* key : {"command", "schedule_search"}) json.erase(key);
    return json;
  };
  CHECK(figures("first.json") == figures("second.json"));
}

TEST_CASE("the fastest candidate is taken: its cycles are the run's, and it is what is saved") {
  const std::string platform = "--data off --set convolution.cores=2 --set memory.activations_words=9000 ";
  const Scratch scratch;
  REQUIRE(program(quick_run + platform + "--json a.json --save-schedule it.schedule", scratch).status == 0);
  REQUIRE(program(quick_run + platform + "--json b.json --schedule it.schedule", scratch).status == 0);
  const auto picked = nlohmann::json::parse(contents(scratch / "a.json"));
  const auto loaded = nlohmann::json::parse(contents(scratch / "b.json"));
  const auto& tried = picked["schedule_search"]["tried"];
  REQUIRE(tried.size() > 1);
  CHECK(tried[0]["as_if"] == "");
  CHECK(tried[picked["schedule_search"]["taken"].get<std::size_t>()]["cycles"] == picked["cycles"]);
  for (const auto& each : tried) CHECK(each["cycles"] >= picked["cycles"]);
  CHECK(loaded["schedule_search"].is_null());
  CHECK(loaded["cycles"] == picked["cycles"]);
  const auto alone = run_json(platform + "--set schedule.candidates=1");
  CHECK(alone["schedule_search"].is_null());
  CHECK(alone["cycles"] == tried[0]["cycles"]);
}

TEST_CASE("files are complete and nothing else is left") {
  const Scratch scratch;
  CHECK(program(quick_run + "--data off --json run.json --csv run.csv", scratch).status == 0);
  CHECK(scratch.names() == std::vector<std::string>{"run.csv", "run.json"});
  CHECK(nlohmann::json::accept(contents(scratch / "run.json")));
}

TEST_CASE("dumped tensors are NumPy files of every activation, sum and the logits") {
  const Scratch scratch;
  CHECK(program(quick_run + "--dump-tensors dump", scratch).status == 0);
  CHECK(scratch.names() == std::vector<std::string>{"dump"});
  for (const char* name : {"pixel_embedding", "backbone.act1", "backbone.layer1.0.act0", "backbone.last_act_layer4",
                           "backbone.layer1.0.add", "logits"})
    CHECK_THAT(contents(scratch / "dump" / (std::string(name) + ".npy")), Catch::StartsWith("\x93NUMPY"));
  CHECK_THAT(contents(scratch / "dump" / "pixel_embedding.npy"), Contains("'|u1'") && Contains("(30, 64, 64)"));
  CHECK_THAT(contents(scratch / "dump" / "backbone.layer1.0.add.npy"), Contains("'<i2'") && Contains("(64, 16, 16)"));
  CHECK_THAT(contents(scratch / "dump" / "logits.npy"), Contains("'<f4'") && Contains("(1000,)"));
}

TEST_CASE("a picture that a timing-only run does not look at is noted, and still has to be one") {
  const Scratch scratch;
  scratch.write("grey.ppm", "P6 1 1 255\nxxx");
  const auto ended = program(quick_run + "--data off --image grey.ppm", scratch);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.err, Contains("note: --image has no effect: --data off moves no values"));
  CHECK_THAT(program(quick_run + "--image grey.ppm", scratch).err, !Contains("no effect"));
  CHECK(program(quick_run + "--data off --image missing.ppm", scratch).status == 2);
}

TEST_CASE("a picture of another size is resized and the run says so") {
  const Scratch scratch;
  scratch.write("small.ppm", "P6 2 1 255\nabcdef");
  const auto ended = program(quick_run + "--image small.ppm", scratch);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.err, Contains("2") && Contains("64") && Contains("small.ppm"));
}
