#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_refused.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// Of the usual axes three are left, with twelve points.
const std::string few_points =
    "--set schedule.candidates=1 --set accelerator.clock_mhz=200 --set convolution.cores=1 "
    "--set memory.activations_words=4096 ";
const std::string question = "sweep --network ERNs18x075 --input-size 32x32 --want 'fps >= 900' --best 'min lut' ";

json points_of(const Ended& ended) {
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return json::parse(ended.out);
}

}  // namespace

TEST_CASE("what stands where a question is written is not waited for") {
  const Scratch scratch;
  fs::create_directory(scratch / "it");
  fs::create_symlink("/dev/zero", scratch / "it" / "sweep.toml");
  CHECK_THAT(refused(question + few_points + "--out it", scratch), Contains("exists and asks something else"));
}

TEST_CASE("a question without a file is answered as the sweep file that is written beside the answer") {
  const Scratch scratch;
  const json asked = points_of(program(question + few_points + "--json -", scratch));
  CHECK(scratch.names() == std::vector<std::string>{"ERNs18x075_sweep"});
  const json again =
      points_of(program("sweep ERNs18x075_sweep/sweep.toml --out ERNs18x075_sweep --resume --json -", scratch));
  CHECK(asked["points"] == again["points"]);
  CHECK(asked["answers"] == again["answers"]);
  REQUIRE(asked["points"].size() == 12);
  double least = 1e9;
  for (const json& point : asked["points"])
    if (point["fps"].is_number() && point["fps"].get<double>() >= 900)
      least = std::min(least, point["lut"].get<double>());
  REQUIRE(least < 1e9);
  CHECK(asked["points"][0]["lut"] == least);
  std::string said;
  for (const json& sentence : asked["answers"][0]["sentences"]) said += sentence.get<std::string>() + "\n";
  CHECK_THAT(said, Contains("is limited by " + asked["points"][0]["limited_by"].get<std::string>()));
  CHECK_THAT(said, Contains("the scarcest resource is") && Contains("Next in lut is"));
}

TEST_CASE("the command of a point is a run with its figures") {
  const Scratch scratch;
  const json sweep = points_of(program(question + few_points + "--json -", scratch));
  for (const std::size_t place : {0U, 1U}) {
    const auto command = sweep["points"][place]["command"].get<std::string>();
    REQUIRE(command.rfind("ernsim run ", 0) == 0);
    const json run = points_of(program(command.substr(7) + " --json -", scratch));
    for (const char* figure : {"cycles", "fps", "latency_ms", "energy_mj"})
      CHECK(run[figure] == Approx(sweep["points"][place][figure].get<double>()));
    CHECK(run["resources"]["lut"] == sweep["points"][place]["lut"]);
  }
}

TEST_CASE("the command of a point repeats it whatever brings its network and its stem") {
  const Scratch scratch;
  scratch.write("other.toml", "stem = \"other\"\nclasses = 5\n[stem1]\nwidth = 24\n[stage1]\nwidth = 16\nblocks = 1\n");
  scratch.write("wide.toml", "stem = \"released\"\nclasses = 5\n[stem1]\nwidth = 96\n[stage1]\nblocks = 1\n");
  const std::string axes = "[axes]\n\"schedule.candidates\" = [1]\n";
  const std::string head = "input_sizes = [\"32x32\"]\nnetworks = ";
  const std::string small = head + "[\"ERNs18x075\"]\n" + axes + "\"network.stem1.width\" = [64, 96]\n";
  scratch.write("a.toml", "stems = [\"own\"]\n" + head + "[\"other.toml\", \"wide.toml\"]\n" + axes);
  scratch.write("e.toml", head + "[\"other.toml\"]\n" + axes + "\"network.stem1.width\" = [64, 128]\n");
  scratch.write("b.toml", small);
  scratch.write("c.toml", "stems = [\"own\"]\n" + small);
  scratch.write("d.toml", "stems = [\"paper\"]\n" + small);
  for (const std::string file : {"a.toml", "b.toml", "c.toml", "d.toml", "e.toml"}) {
    const json sweep = points_of(program("sweep " + file + " --json -", scratch));
    REQUIRE(sweep["points"].size() == 2);
    CHECK(sweep["points"][0]["cycles"] != sweep["points"][1]["cycles"]);
    for (const json& point : sweep["points"]) {
      const std::string command = point["command"];
      INFO(command);
      CHECK(points_of(program(command.substr(7) + " --json -", scratch))["cycles"] == point["cycles"]);
    }
  }
}

TEST_CASE("a template runs as it is, and does not replace a file") {
  const Scratch scratch;
  REQUIRE(program("sweep --init grid.toml --network ERNs18x075 --input-size 32x32 " + few_points, scratch).status == 0);
  CHECK_THAT(contents(scratch / "grid.toml"), Contains("# What is varied") && Contains("[set]"));
  CHECK(points_of(program("sweep grid.toml --json -", scratch))["points"].size() == 12);
  CHECK_THAT(refused("sweep --init grid.toml", scratch), Contains("is there already"));
  CHECK_THAT(refused("sweep --init other.toml --network ERNs19", scratch), Contains("ERNs18"));
  CHECK(program("sweep --init -").out.rfind("# ernsim sweep", 0) == 0);
}

TEST_CASE("a wrong question is refused with the option's name, and nothing is left behind") {
  const Scratch scratch;
  scratch.write("it.toml", "[axes]\n\"convolution.lanes\" = [1]\n");
  CHECK_THAT(refused("sweep --network ERNs18x075 --want 'fps > x'", scratch), Contains("--want 'fps > x'"));
  CHECK_THAT(refused("sweep --network ERNs18x075 --want 'fsp > 3'", scratch), Contains("did you mean fps?"));
  CHECK_THAT(refused("sweep --network ERNs18x075 --best lut", scratch), Contains("--best 'lut'"));
  CHECK_THAT(refused("sweep --network ERNs18x075 --set convolution.lane=2", scratch), Contains("did you mean lanes?"));
  CHECK_THAT(refused("sweep --want 'fps > 3'", scratch), Contains("--network"));
  CHECK_THAT(refused("sweep it.toml --want 'fps > 3'", scratch), Contains("--want") && Contains("it.toml"));
  CHECK_THAT(refused("sweep it.toml --set convolution.lanes=2", scratch), Contains("is an axis, and set to 2"));
}

TEST_CASE(
    "what is set holds for all points, from the file or the command line, and a resumed sweep asks for the same") {
  const Scratch scratch;
  const std::string head = "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n";
  const std::string axes = "[axes]\n\"schedule.candidates\" = [1]\n\"memory.weights_words\" = [512, 1024]\n";
  scratch.write("axis.toml", head + axes + "\"convolution.lanes\" = [2]\n");
  scratch.write("set.toml", head + axes + "[set]\n\"convolution.lanes\" = 2\n");
  scratch.write("plain.toml", head + axes);
  const json as_axis = points_of(program("sweep axis.toml --json -", scratch));
  const json in_file = points_of(program("sweep set.toml --json -", scratch));
  const json as_option = points_of(program("sweep plain.toml --set convolution.lanes=2 --json -", scratch));
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(in_file["points"][i]["cycles"] == as_axis["points"][i]["cycles"]);
    CHECK(as_option["points"][i]["cycles"] == as_axis["points"][i]["cycles"]);
    CHECK_THAT(as_option["points"][i]["command"].get<std::string>(), Contains("--set convolution.lanes=2"));
    CHECK_THAT(in_file["points"][i]["command"].get<std::string>(), Contains("--set convolution.lanes=2"));
  }
  CHECK_THAT(refused("sweep plain.toml --resume", scratch), Contains("had other values"));
  CHECK(program("sweep plain.toml --set convolution.lanes=2 --resume", scratch).status == 0);
}

TEST_CASE("only points are screened out that break the constraint when they are simulated") {
  const Scratch scratch;
  const std::string rest =
      "networks = [\"ERNs18x075\"]\ninput_sizes = [\"64x64\"]\nconstraints = [\"fps >= 700\"]\n[axes]\n"
      "\"schedule.candidates\" = [1]\n\"convolution.lanes\" = [1, 2, 3]\n\"accelerator.clock_mhz\" = [50, 100, 200]\n";
  scratch.write("screened.toml", "screen = 0.15\n" + rest);
  scratch.write("all.toml", rest);
  const json screened = points_of(program("sweep screened.toml --json -", scratch));
  const json all = points_of(program("sweep all.toml --json -", scratch));
  std::size_t out = 0, kept = 0;
  for (const json& point : screened["points"])
    for (const json& full : all["points"]) {
      if (point["number"] != full["number"]) continue;
      if (point["reason"] == "") {
        kept += 1;
        CHECK(point["fps"] == full["fps"]);
      } else {
        out += 1;
        CHECK_THAT(point["reason"].get<std::string>(), Contains("at best"));
        CHECK(full["fps"].get<double>() < 700);
      }
    }
  CHECK(out > 0);
  CHECK(kept > 0);
  CHECK(screened["pareto"] == all["pareto"]);
}

TEST_CASE("the database and the CSV have a typed column for each axis") {
  const Scratch scratch;
  scratch.write("it.toml",
                "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"schedule.candidates\" = [1, 2]\n"
                "\"accelerator.clock_mhz\" = [100, 150.5]\n\"convolution.lane_mapping\" = [\"pixels\"]\n");
  REQUIRE(program("sweep it.toml --csv it.csv", scratch).status == 0);
  CHECK(rows_of(scratch / "it/sweep.sqlite",
                "SELECT DISTINCT typeof(\"schedule.candidates\"), typeof(\"accelerator.clock_mhz\"), "
                "typeof(\"convolution.lane_mapping\") FROM points") ==
        std::vector<std::string>{"3:integer|3:real|3:text|"});
  CHECK(rows_of(scratch / "it/sweep.sqlite",
                "SELECT number FROM points WHERE instr(settings, 'clock_mhz=' || \"accelerator.clock_mhz\") = 0 AND "
                "\"accelerator.clock_mhz\" != 100")
            .empty());
  const std::string csv = contents(scratch / "it.csv"), head = csv.substr(0, csv.find('\n'));
  CHECK_THAT(
      head,
      Catch::EndsWith(
          "limited_by,accuracy_source,command,accelerator.clock_mhz,convolution.lane_mapping,schedule.candidates"));
  rows_of(scratch / "it/sweep.sqlite", "UPDATE points SET \"schedule.candidates\" = 3 WHERE number = 0");
  CHECK_THAT(refused("sweep it.toml --resume", scratch), Contains("columns of axes"));
}

TEST_CASE("a run can be refused because it does not fit, and otherwise says so at its end") {
  const std::string too_large = quick_run + "--data off --set convolution.cores=2 --set convolution.lanes=4 ";
  const auto ended = program(too_large);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::EndsWith("--require-fit refuses such a one.\n"));
  CHECK_THAT(refused(too_large + "--require-fit"), Contains("too large for K26"));
  CHECK(program(quick_run + "--data off --require-fit").status == 0);
}

TEST_CASE("a resource that the device does not have is called that, without a share") {
  const Scratch scratch;
  scratch.write("none.toml",
                "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"max fps\"]\n"
                "must_fit = false\n[axes]\n\"fpga.device\" = [\"XC7Z020\"]\n\"fpga.uram_min_words\" = [2048]\n");
  const auto ended = program("sweep none.toml", scratch);
  REQUIRE(ended.status == 0);
  CHECK_THAT(ended.out, Contains("the scarcest resource is uram, of which the device has none."));
}

TEST_CASE("what stands in a command cannot become a line of the sweep file that it asks with") {
  const Scratch scratch;
  const auto stem = program("sweep --network ERNs18 --stem \"$(printf 'released\\nsample = 3 #')\" --init -", scratch);
  CHECK(stem.status == 2);
  CHECK_THAT(stem.err,
             Contains("-:5:") && Contains("control characters"));  // in the value, not the line behind the comment
}

TEST_CASE("another question in the same folder is refused, and the file of the first one stays") {
  const Scratch scratch;
  const std::string ask = "sweep --network ERNs18x075 --input-size 32x32 --set accelerator.clock_mhz=100 --out it ";
  const auto quick = [](std::string text) { return text + " --set convolution.block_channels=64"; };
  std::filesystem::create_directory(scratch / "it");
  scratch.write("it/sweep.toml", "# mine\n");
  const auto other = program(quick(ask + "--want 'fps >= 1' --best 'max fps'"), scratch);
  CHECK(other.status == 2);
  CHECK_THAT(other.err, Contains("it/sweep.toml: exists and asks something else"));
  CHECK(contents(scratch / "it/sweep.toml") == "# mine\n");
}
