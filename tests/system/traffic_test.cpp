#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

// Other users of the memory beside the accelerator, through the program.

using namespace ernsim::cli;
using Json = nlohmann::json;

namespace {

const std::string network =
    "run --network ERNs18x075 --input-size 64x64 --data off --set schedule.candidates=1 --json - ";

Json run(const std::string& options) {
  const auto done = program(network + options);
  INFO(done.err);
  REQUIRE(done.status == 0);
  return Json::parse(done.out);
}

std::int64_t bytes_of(const Json& traffic, const char* key) {
  std::int64_t sum = 0;
  for (const Json& each : traffic) sum += each[key].get<std::int64_t>();
  return sum;
}

}  // namespace

TEST_CASE("without other traffic all bytes are the accelerator's") {
  const Json json = run("");
  CHECK(json["traffic"].empty());
  CHECK(json["dram"]["accelerator_read_bytes"] == json["dram"]["read_bytes"]);
  CHECK(json["dram"]["accelerator_write_bytes"] == json["dram"]["write_bytes"]);
}

TEST_CASE("traffic takes its bytes and leaves the accelerator's as they are") {
  const Json alone = run("");
  const Json both = run(
      "--set traffic.camera.rate_mb_s=1000 --set traffic.camera.write_fraction=1 --set traffic.display.rate_mb_s=500");
  REQUIRE(both["traffic"].size() == 2);
  CHECK(both["traffic"][0]["name"] == "camera");
  CHECK(both["traffic"][0]["read_bytes"] == 0);
  CHECK(both["traffic"][1]["write_bytes"] == 0);
  CHECK(both["dram"]["accelerator_read_bytes"] == alone["dram"]["read_bytes"]);
  CHECK(both["dram"]["accelerator_write_bytes"] == alone["dram"]["write_bytes"]);
  CHECK(both["dram"]["read_bytes"].get<std::int64_t>() ==
        both["dram"]["accelerator_read_bytes"].get<std::int64_t>() + bytes_of(both["traffic"], "read_bytes"));
  CHECK(both["dram"]["write_bytes"].get<std::int64_t>() ==
        both["dram"]["accelerator_write_bytes"].get<std::int64_t>() + bytes_of(both["traffic"], "write_bytes"));
  CHECK(both["cycles"] > alone["cycles"]);
  CHECK(both["traffic"][0]["kept_rate"] == true);
  CHECK(both["traffic"][0]["achieved_mb_s"].get<double>() == Approx(1000).epsilon(0.01));
  CHECK(both["traffic"][1]["achieved_mb_s"].get<double>() == Approx(500).epsilon(0.01));
}

TEST_CASE("traffic that wants more than the memory has is late and said to be") {
  const Json json = run("--set traffic.camera.rate_mb_s=30000 --set traffic.camera.outstanding=64");
  CHECK(json["traffic"][0]["kept_rate"] == false);
  CHECK(json["traffic"][0]["achieved_mb_s"] < 20000);
  CHECK(json["notes"].dump().find("traffic.camera did not keep its rate") != std::string::npos);
}

TEST_CASE("the accelerator's priority decides who waits") {
  const std::string traffic =
      "--set traffic.camera.rate_mb_s=30000 --set traffic.camera.outstanding=64 --set traffic.camera.pattern=random ";
  const Json alike = run(traffic), first = run(traffic + "--set dram.port_priority=1"),
             last = run(traffic + "--set traffic.camera.priority=1");
  CHECK(first["cycles"] < last["cycles"]);
  CHECK(alike["cycles"] < last["cycles"]);
  CHECK(first["traffic"][0]["achieved_mb_s"] < alike["traffic"][0]["achieved_mb_s"]);
  CHECK(first["traffic"][0]["achieved_mb_s"] < last["traffic"][0]["achieved_mb_s"]);
}

TEST_CASE("stepping and leaping agree beside random traffic") {
  const std::string options =
      network +
      "--set traffic.camera.rate_mb_s=2000 --set traffic.camera.pattern=random --set traffic.camera.write_fraction=0.3 "
      "--set traffic.cpu.rate_mb_s=700 --set traffic.cpu.pattern=strided --set traffic.cpu.priority=2 --engine ";
  const auto step = program(options + "step"), leap = program(options + "leap");
  INFO(step.err << leap.err);
  REQUIRE(step.status == 0);
  CHECK(step.out == leap.out);
}

TEST_CASE("a platform file has sections of traffic and comes back whole") {
  const Scratch scratch;
  scratch.write("board.toml",
                "[traffic.camera]\nrate_mb_s = 800\npattern = \"strided\"\n[traffic.display]\nrate_mb_s = 200\n");
  const std::string file = (scratch / "board.toml").string();
  const Json json = run("--platform " + file);
  REQUIRE(json["traffic"].size() == 2);
  CHECK(json["configuration"]["traffic.camera.pattern"]["value"] == "strided");
  const auto table =
      program("run --network ERNs18x075 --input-size 64x64 --data off --set schedule.candidates=1 --platform " + file);
  CHECK(table.out.find("traffic      camera: 8") != std::string::npos);
}

TEST_CASE("traffic that cannot be is refused in a line") {
  const auto refused = [](const std::string& options) {
    const auto done = program(network + options);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    return done.err;
  };
  using Catch::Matchers::Contains;
  CHECK_THAT(refused("--set traffic.camera.rate=3"),
             Contains("traffic.camera.rate: no such key") && Contains("rate_mb_s"));
  CHECK_THAT(refused("--set traffic.camera.rate_mb_s=-1"), Contains("must be a number from 0"));
  CHECK_THAT(refused("--set traffic.camera=3"), Contains("traffic"));
  CHECK_THAT(refused("--set traffic.cam-era.rate_mb_s=3"), Contains("letters, digits and _"));
  CHECK_THAT(refused("--set traffic.camera.rate_mb_s=3 --set traffic.camera.range_bytes=1"),
             Contains("range_bytes = 1"));
  CHECK_THAT(refused("--set traffic.camera.rate_mb_s=3 --set traffic.camera.address=999999999999"),
             Contains("the memory holds"));
  const Scratch scratch;
  scratch.write("board.toml", "[traffic]\ncamera = 3\n");
  CHECK_THAT(refused("--platform " + (scratch / "board.toml").string()), Contains("[traffic.NAME]"));
}

TEST_CASE("the rate of traffic is an axis of a sweep with figures of its own") {
  const Scratch scratch;
  scratch.write(
      "traffic.toml",
      "networks = [\"ERNs18x075\"]\ninput_sizes = [\"64x64\"]\nobjectives = [\"max fps\", \"max traffic_mb_s\"]\n"
      "[axes]\n\"schedule.candidates\" = [1]\n\"traffic.camera.rate_mb_s\" = [0, 1000, 30000]\n");
  const auto done = program("sweep traffic.toml --json -", scratch);
  INFO(done.err);
  REQUIRE(done.status == 0);
  const Json json = Json::parse(done.out);
  REQUIRE(json["points"].size() == 3);
  double wanted = -1;
  for (const Json& point : json["points"]) {
    const std::string settings = point["settings"].dump();
    const bool too_much = settings.find("30000") != std::string::npos;
    CHECK((point["traffic_late"].get<double>() > 0) == too_much);
    wanted = std::max(wanted, point["traffic_mb_s"].get<double>());
  }
  CHECK(wanted > 1000);
}

TEST_CASE("with overlap frames come faster than one over their latency") {
  const Json in_turn = run("--frames 4"), overlapped = run("--frames 4 --set host.overlap=true");
  REQUIRE(overlapped["frame_latency_ms"].size() == 4);
  CHECK(overlapped["cycles"] == in_turn["cycles"]);
  CHECK(in_turn["fps"].get<double>() == Approx(1000 / in_turn["frame_latency_ms"][1].get<double>()).epsilon(1e-3));
  const double period = 1000 / overlapped["fps"].get<double>();
  CHECK(period < 0.99 * in_turn["frame_latency_ms"][1].get<double>());
  CHECK(period >= overlapped["accelerator_ms"].get<double>());
  for (const Json& latency : overlapped["frame_latency_ms"]) CHECK(latency >= period);
}
