#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/system/cli_program.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string small_sweep =
    "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"max fps\", \"min lut\"]\n[axes]\n"
    "\"convolution.lanes\" = [1, 2, 3]\n\"accelerator.clock_mhz\" = [100, 150, 200]\n\"memory.weights_words\" = [64, "
    "1024]\n";

nlohmann::json json_of(const Scratch& scratch, const std::string& file) {
  return nlohmann::json::parse(contents(scratch / file));
}

/// The points of a sweep's JSON by number.
nlohmann::json points_of(const Scratch& scratch, const std::string& file) {
  auto points = json_of(scratch, file)["points"];
  std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a["number"] < b["number"]; });
  return points;
}

}  // namespace

TEST_CASE("a sweep killed again and again and resumed ends with the rows of one left alone") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  REQUIRE(program("sweep it.toml --out alone --json alone.json", scratch).status == 0);
  for (int round = 1; round <= 12; ++round) {
    const std::string time = "0.0" + std::to_string(round * 7 % 10) + std::to_string(round % 10);
    const std::string command = "cd '" + scratch.path().string() + "' && timeout -s KILL " + time +
                                " '" ERNSIM_PROGRAM "' sweep it.toml --out killed --resume --jobs 2 >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    static_cast<void>(status);
  }
  const auto ended = program("sweep it.toml --out killed --resume --json killed.json", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  CHECK(json_of(scratch, "killed.json") == json_of(scratch, "alone.json"));
}

TEST_CASE("a point of a sweep has the figures of a run with its settings, all that both have") {
  const Scratch scratch;
  const std::vector<std::string> sweeps{
      small_sweep,
      "networks = [\"ERNs18x075\"]\nstems = [\"paper\"]\ninput_sizes = [\"32x64\"]\n[axes]\n"
      "\"convolution.block_channels\" = [32]\n\"convolution.lanes\" = [4]\n\"convolution.lane_mapping\" = "
      "[\"pixels\"]\n",
      "networks = [\"ERNs18\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"convolution.cores\" = [2]\n"
      "\"convolution.block_channels\" = [32]\n\"interconnect.ports\" = [2]\n\"fpga.device\" = [\"ZU9EG\"]\n"};
  for (const std::string& text : sweeps) {
    scratch.write("it.toml", text);
    fs::remove_all(scratch / "it");
    REQUIRE(program("sweep it.toml --json all.json", scratch).status == 0);
    const auto point = points_of(scratch, "all.json").back();
    REQUIRE(point["reason"] == "");
    std::string command = "run --data off --json run.json --network " + point["network"].get<std::string>() +
                          " --stem " + point["stem"].get<std::string>() + " --input-size " +
                          point["input_size"].get<std::string>();
    for (const auto& setting : point["settings"]) command += " --set " + setting.get<std::string>();
    REQUIRE(program(command, scratch).status == 0);
    const auto run = json_of(scratch, "run.json");
    INFO(command);
    for (const char* figure : {"cycles", "latency_ms", "fps", "accelerator_ms", "host_ms", "energy_mj"}) {
      REQUIRE(point.at(figure).is_null() == run[figure].is_null());
      if (run[figure].is_null()) continue;  // not known
      CHECK(point[figure].get<double>() == Approx(run[figure].get<double>()).margin(6e-7));
    }
    for (const char* figure : {"lut", "ff", "bram18", "uram", "dsp"}) {
      CHECK(point[figure] == run["resources"][figure].get<double>());
      const auto& share = run["device_share"][figure];
      if (!share.is_null())
        CHECK(point[figure + std::string("_share")].get<double>() == Approx(share.get<double>()).margin(6e-7));
    }
    CHECK(point["dram_read_bytes"] == run["dram"]["read_bytes"].get<double>());
    CHECK(point["dram_write_bytes"] == run["dram"]["write_bytes"].get<double>());
    double weighted = 0;  // the layers' cycles add up to the run's
    for (const auto& layer : run["layers"])
      weighted += layer["utilization"].get<double>() * layer["cycles"].get<double>();
    CHECK(point["utilization"].get<double>() == Approx(weighted / run["cycles"].get<double>()).margin(2e-6));
    CHECK(point["utilization"] <= 1);
  }
}

TEST_CASE("points that share what is compiled or simulated have the rows of sweeps of their own") {
  const Scratch scratch;
  const std::string head =
      "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"schedule.candidates\" = [2]\n";
  const std::vector<std::string> devices{"\"K26\"", "\"ZU7EV\""}, latencies{"1.0", "50.0"}, prices{"10.0", "49.0"};
  const auto axes = [](const std::string& device, const std::string& latency, const std::string& price) {
    return "\"fpga.device\" = [" + device + "]\n\"host.interrupt_latency_us\" = [" + latency +
           "]\n\"energy.dram_read_pj_per_byte\" = [" + price + "]\n";
  };
  scratch.write("all.toml", head + axes("\"K26\", \"ZU7EV\"", "1.0, 50.0", "10.0, 49.0"));
  REQUIRE(program("sweep all.toml", scratch).status == 0);
  const std::string query =
      "SELECT settings, reason, notes, latency_ms, host_ms, energy_mj, lut_share, cycles, sum "
      "IS NULL FROM points ORDER BY settings";
  std::vector<std::string> apart;
  for (const auto& device : devices)
    for (const auto& latency : latencies)
      for (const auto& price : prices) {
        scratch.write("one.toml", head + axes(device, latency, price));
        fs::remove_all(scratch / "one");
        REQUIRE(program("sweep one.toml", scratch).status == 0);
        apart.push_back(rows_of(scratch / "one/sweep.sqlite", query).at(0));
      }
  std::sort(apart.begin(), apart.end());
  auto together = rows_of(scratch / "all/sweep.sqlite", query);
  std::sort(together.begin(), together.end());
  CHECK(together == apart);
  CHECK(std::set<std::string>(apart.begin(), apart.end()).size() == 8);
}

TEST_CASE("points that do not fit are recorded with their reason and the sweep goes on") {
  const Scratch scratch;
  scratch.write("it.toml", small_sweep);
  const auto ended = program("sweep it.toml --json all.json", scratch);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Contains("9 of them not simulated"));
  std::size_t refused = 0;
  const auto all = json_of(scratch, "all.json");
  for (const auto& point : all["points"])
    if (!point["reason"].get<std::string>().empty()) {
      ++refused;
      CHECK_THAT(point["reason"].get<std::string>(), Contains("weights_words"));
    }
  CHECK(refused == 9);
}

TEST_CASE("a point that breaks a constraint on resources is not simulated, and its reason says so") {
  const Scratch scratch;
  scratch.write("it.toml",
                "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nconstraints = [\"fps >= 1 and lut <= 0.5\"]\n"
                "[axes]\n\"convolution.lanes\" = [1, 3]\n\"fpga.device\" = [\"K26\", \"ZU7EV\"]\n");
  REQUIRE(program("sweep it.toml --json all.json", scratch).status == 0);
  const auto all = points_of(scratch, "all.json");
  REQUIRE(all.size() == 4);
  for (const auto& point : all) {
    const auto settings = point["settings"].dump();
    const bool too_large = settings.find("lanes=3") != std::string::npos && settings.find("K26") != std::string::npos;
    CHECK(point["reason"].get<std::string>().empty() != too_large);
    if (too_large) CHECK_THAT(point["reason"].get<std::string>(), Contains("must be <= 0.5"));
    CHECK(point.at("fps").is_null() == too_large);
    CHECK(point["lut_share"].get<double>() > 0);  // known in any case
    if (!too_large) CHECK(point["lut_share"].get<double>() <= 0.5);
  }
}

TEST_CASE("a point that takes more than the device has is not simulated unless the sweep says so") {
  const Scratch scratch;
  const std::string axes =
      "[axes]\n\"memory.activations_words\" = [4096, 32768]\n\"fpga.device\" = [\"K26\", \"ZU9EG\"]\n";
  scratch.write("fit.toml", "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n" + axes);
  scratch.write("any.toml", "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nmust_fit = false\n" + axes);
  REQUIRE(program("sweep fit.toml --json fit.json", scratch).status == 0);
  REQUIRE(program("sweep any.toml --json any.json", scratch).status == 0);
  const auto fit = points_of(scratch, "fit.json"), any = points_of(scratch, "any.json");
  REQUIRE(fit.size() == 4);
  const std::int64_t lacking = any[1]["bram18"].get<std::int64_t>() - 288;
  CHECK(fit[1]["reason"] == "does not fit K26: lacks " + std::to_string(lacking) + " bram18");
  for (const std::size_t i : {0, 2, 3}) CHECK(fit[i]["reason"] == "");
  for (const auto& point : any) CHECK(point["fps"] > 0);
}

TEST_CASE("an existing, foreign, damaged or other sweep's database is refused and left as it is") {
  const Scratch scratch;
  scratch.write("it.toml", "input_sizes = [\"32x32\"]\n");
  scratch.write("other.toml", "input_sizes = [\"32x64\"]\n");
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  const std::string whole = contents(scratch / "it/sweep.sqlite");
  const auto refused = [&](const std::string& arguments, const std::string& why) {
    const auto ended = program(arguments, scratch);
    CHECK(ended.status == 2);
    CHECK_THAT(ended.err, Contains(why));
    CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  };
  refused("sweep it.toml", "exists");
  refused("sweep other.toml --out it --resume", "another sweep file");
  CHECK(contents(scratch / "it/sweep.sqlite") == whole);
  fs::create_directory(scratch / "text");
  scratch.write("text/sweep.sqlite", "this is no database, but long enough to look at");
  refused("sweep it.toml --out text --resume", "sweep.sqlite");
  CHECK_THAT(contents(scratch / "text/sweep.sqlite"), Catch::StartsWith("this is no"));
  fs::create_directory(scratch / "cut");
  scratch.write("cut/sweep.sqlite", whole.substr(0, whole.size() / 2));
  refused("sweep it.toml --out cut --resume", "sweep.sqlite");
}

TEST_CASE("a point whose sums may overflow is marked by the network's own weights, and a constraint leaves it out") {
  const Scratch scratch;
  const std::string text =
      "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\nobjectives = [\"min ff\"]\n";
  const std::string axes = "[axes]\n\"memory.accumulator_bits\" = [8, 12, 16]\n";
  scratch.write("any.toml", text + axes);
  scratch.write("safe.toml", text + "constraints = [\"accumulator_bits_missing < 1\"]\n" + axes);
  const auto any = program("sweep any.toml --json any.json", scratch);
  REQUIRE(any.status == 0);
  const auto points = points_of(scratch, "any.json");
  const double needed = points[0]["accumulator_bits_needed"];
  CHECK(needed > 8);
  CHECK(needed <= 16);
  CHECK(points[0]["accumulator_bits_missing"] == needed - 8);
  CHECK(points[2]["accumulator_bits_missing"] == 0);
  CHECK_THAT(any.out, Contains("Results may be wrong of 2 points of the front (0, 1)") && Contains("may overflow"));
  const auto safe = program("sweep safe.toml --json safe.json", scratch);
  REQUIRE(safe.status == 0);
  CHECK_THAT(safe.out, !Contains("may be wrong"));
  CHECK(points_of(scratch, "safe.json")[0]["reason"] ==
        "accumulator_bits_missing is " + std::to_string(static_cast<int>(needed) - 8) + ", and must be < 1");
}
