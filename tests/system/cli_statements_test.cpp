#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

// What a run says of itself: what was not looked at, how it is repeated, and where a figure has no basis.

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

Ended run(const std::string& options, const Scratch& scratch = Scratch()) {
  auto ended = program(quick_run + options, scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return ended;
}

nlohmann::json json_of(const std::string& options) { return nlohmann::json::parse(run(options + " --json -").out); }

/// Runs the command that the JSON gives and compares.
void check_repeats(const std::string& options, const Scratch& scratch) {
  INFO(options);
  const std::string first = run(options + " --json -", scratch).out;
  std::string command = nlohmann::json::parse(first)["command"];
  REQUIRE(command.rfind("ernsim ", 0) == 0);
  const auto second = program(command.substr(7) + " --json -", scratch);
  CHECK(second.status == 0);
  CHECK((first == second.out));
}

std::string notes_of(const std::string& options) {
  const auto ended = run("--data off " + options + " --json run.json");
  return ended.err;
}

}  // namespace

TEST_CASE("a timing-only run has not looked for overflows, and knows what can overflow as a run with values does") {
  const std::string narrow = "--set memory.accumulator_bits=8 ";
  const auto with = json_of(narrow), without = json_of(narrow + "--data off");
  CHECK(with["overflows"].get<std::int64_t>() > 0);
  CHECK(without["overflows"].is_null());
  CHECK_FALSE(with["may_overflow"].empty());
  CHECK(with["may_overflow"] == without["may_overflow"]);
  for (std::size_t i = 0; i < with["layers"].size(); ++i)
    CHECK(with["layers"][i]["largest_magnitude"] == without["layers"][i]["largest_magnitude"]);
  const auto table = run(narrow + "--data off").out;
  CHECK_THAT(table, Contains("overflows    not checked; sums reach ") && Contains(" bits of 8: may overflow in "));
}

TEST_CASE("a run with as many bits as it needs does not overflow") {
  const auto wide = json_of("--data off --seed 5");
  const std::string needed = wide["accumulator_bits_needed"].dump();
  const auto narrow = json_of("--seed 5 --set memory.accumulator_bits=" + needed);
  CHECK(narrow["overflows"] == 0);
  CHECK(narrow["may_overflow"].empty());
}

TEST_CASE("the command that a run gives repeats it, to the byte") {
  const Scratch scratch;
  scratch.write("it's.ppm", "P6 2 1 255\nabcdef");
  scratch.write("own.toml", "[convolution]\nlanes = 2\n");
  REQUIRE(program(quick_run + "--data off --save-schedule it.schedule", scratch).status == 0);
  for (const char* options :
       {"", "--data off", "--data off --frames 2", "--data on --engine step", "--seed 3 --stem paper --thermometer 21",
        "--platform own.toml --set dram.mapping=row_column_bank --set dma.max_outstanding=2",
        "--image \"it's.ppm\" --schedule it.schedule", "--dump-tensors dump --dump-accumulators"})
    check_repeats(options, scratch);
}

TEST_CASE("one line says what a parameter makes wrong, unknown or useless, and the default has none") {
  CHECK(notes_of("").empty());
  const std::vector<std::pair<std::string, std::string>> cases{
      {"convolution.lanes=5", "lanes beyond 3 compute nothing"},
      {"fpga.device=XC7Z020", "not with DDR3 of at most 32 bits"},
      {"dram.part=generic_x8", "energy is not known"},
      {"dram.page_policy=closed", "too high"},
      {"dram.refresh=false", "forgets"},
      {"memory.accumulator_bits=12", "logic and energy are those of 16 bits"},
      {"interconnect.gang_of_store=5", "there are 4 ports, so it has 4"},
      {"interconnect.synchroniser_stages=0", "both from one source"},
      {"accelerator.clock_mhz=300", "is not known"},
      {"control.queue_depth=64", "LUT and FF do not depend on control.queue_depth"}};
  for (const auto& [setting, text] : cases) {
    INFO(setting);
    CHECK_THAT(notes_of("--set " + setting), Contains("ernsim: note: ") && Contains(text));
  }
}

TEST_CASE("notes are in the JSON, which a report takes") {
  const Scratch scratch;
  REQUIRE(program(quick_run + "--data off --set dram.part=generic_x8 --json run.json", scratch).status == 0);
  const auto json = nlohmann::json::parse(contents(scratch / "run.json"));
  CHECK(json["notes"].size() == 1);
  CHECK(json["energy_mj"].is_null());
  CHECK(program("report run.json --json again.json", scratch).status == 0);
  CHECK(contents(scratch / "again.json") == contents(scratch / "run.json"));
}

TEST_CASE("energy is known again when the prices of the other memory are given") {
  const auto json = json_of(
      "--data off --set dram.part=generic_x8 --set energy.dram_read_pj_per_byte=40 --set "
      "energy.dram_write_pj_per_byte=41 --set energy.dram_activate_pj=9000 --set energy.dram_refresh_pj=1 --set "
      "energy.dram_standby_mw=0");
  CHECK(json["energy_mj"].is_number());
  CHECK(json["notes"].empty());
}

TEST_CASE("lanes beyond the kernel's columns compute nothing") {
  // Words of W are wider, so that loads may bring more beats at a time: cycles are compared where ports are the limit.
  CHECK(json_of("--data off --set convolution.lanes=4")["cycles"] ==
        json_of("--data off --set convolution.lanes=6")["cycles"]);
  const auto steps = [](const char* lanes) {
    const auto json = json_of("--data off --set schedule.candidates=1 --set convolution.lanes=" + std::string(lanes));
    return json["units"]["convolution"]["busy_cycles"].get<std::int64_t>();
  };
  CHECK(steps("3") == steps("5"));
  CHECK(steps("2") > steps("3"));
}
