#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

// What happened when adds up to what happened, and looking on changes nothing.

using namespace ernsim::cli;

namespace {

nlohmann::json run_json(const std::string& options) {
  const Scratch scratch;
  const auto ended = program("run --data off " + options + " --json run.json", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(contents(scratch / "run.json"));
}

std::int64_t sum(const nlohmann::json& numbers) {
  std::int64_t total = 0;
  for (const auto& number : numbers) total += number.get<std::int64_t>();
  return total;
}

/// Causes that a unit has not met have no bins.
void check_causes(const nlohmann::json& bins, const nlohmann::json& totals) {
  for (const auto& [cause, cycles] : totals.items())
    CHECK((bins.contains(cause) ? sum(bins[cause]) : 0) == cycles.get<std::int64_t>());
}

void check_units(const nlohmann::json& run) {
  const std::int64_t width = run["profile"]["bin_cycles"], cycles = run["cycles"];
  for (const auto& [name, unit] : run["units"].items()) {
    INFO(name);
    const auto& bins = run["profile"]["units"][name];
    CHECK(sum(bins["busy_cycles"]) == unit["busy_cycles"]);
    CHECK(sum(bins["stalled_cycles"]) == sum(unit["stall_cycles"]));
    CHECK(sum(bins["idle_cycles"]) == unit["idle_cycles"]);
    check_causes(bins["stall_cycles"], unit["stall_cycles"]);
    for (std::size_t i = 0; i < bins["busy_cycles"].size(); ++i) {
      const std::int64_t booked = bins["busy_cycles"][i].get<std::int64_t>() +
                                  bins["stalled_cycles"][i].get<std::int64_t>() +
                                  bins["idle_cycles"][i].get<std::int64_t>();
      CHECK(booked == std::min(width, cycles - static_cast<std::int64_t>(i) * width));
    }
  }
}

void check_memories(const nlohmann::json& run) {
  for (const auto& [name, memory] : run["profile"]["memories"].items()) {
    INFO(name);
    CHECK(memory["peak_words"].get<std::int64_t>() <= memory["capacity_words"].get<std::int64_t>());
    CHECK(memory["peak_words"].get<std::int64_t>() > 0);
    for (std::size_t i = 0; i < memory["peak_words_per_bin"].size(); ++i)
      CHECK(memory["mean_words_per_bin"][i].get<double>() <= memory["peak_words_per_bin"][i].get<double>());
  }
}

void check(const std::string& options) {
  const auto run = run_json(options);
  check_units(run);
  CHECK(sum(run["profile"]["dram"]["read_bytes"]) == run["dram"]["read_bytes"]);
  CHECK(sum(run["profile"]["dram"]["write_bytes"]) == run["dram"]["write_bytes"]);
  check_memories(run);
}

}  // namespace

TEST_CASE("the bins of ERNs18's profile add up to its totals") { check("--network ERNs18"); }
TEST_CASE("the bins of ERNs50's profile add up to its totals") { check("--network ERNs50 --input-size 64x96"); }
TEST_CASE("the bins of the first of several frames add up to its totals") {
  check("--network ERNs18x075 --input-size 64x64 --frames 3 --set dram.page_policy=closed");
}

TEST_CASE("both engines give the same profile") {
  const std::string network = "--network ERNs18x075 --input-size 64x64 ";
  CHECK(run_json(network + "--engine step") == run_json(network + "--engine leap"));
}

TEST_CASE("a run that is profiled takes the cycles of one that is not") {
  const Scratch scratch;
  const auto plain = program("run --data off --network ERNs18x075 --input-size 64x64 ", scratch);
  const auto profiled = program("run --data off --network ERNs18x075 --input-size 64x64 --json run.json", scratch);
  CHECK(plain.status == 0);
  CHECK(plain.out == profiled.out);
}

TEST_CASE("a run's JSON has every parameter's value and the command that repeats it") {
  const Scratch scratch;
  const std::string options =
      "run --network ERNs18x075 --input-size 64x64 --set convolution.lanes=2 --set "
      "dram.scheduler=fcfs --json ";
  REQUIRE(program(options + "a.json", scratch).status == 0);
  const auto run = nlohmann::json::parse(contents(scratch / "a.json"));
  CHECK(run["configuration"]["convolution.lanes"]["value"] == 2);
  CHECK(run["configuration"]["dram.scheduler"]["value"] == "fcfs");
  CHECK(run["configuration"]["accelerator.clock_mhz"]["value"] == run["clock_mhz"]);
  const std::string command = run["command"];
  REQUIRE(command.rfind("ernsim ", 0) == 0);
  REQUIRE(program(command.substr(7) + " --json b.json", scratch).status == 0);
  CHECK(contents(scratch / "a.json") == contents(scratch / "b.json"));
}
