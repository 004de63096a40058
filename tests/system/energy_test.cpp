#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

nlohmann::json run(const std::string& options) {
  const auto ended = program(quick_run + "--json - " + options);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(ended.out);
}

double mj(const nlohmann::json& run, const std::string& part) {
  return run.at("energy").at("parts").at(part).at("energy_mj").get<double>();
}

/// Every part's parameter.
const std::vector<std::pair<std::string, std::string>> prices{{"binary_mac", "binary_mac_pj"},
                                                              {"accumulate_add", "accumulate_add_pj"},
                                                              {"threshold_compare", "threshold_compare_pj"},
                                                              {"on_chip_read", "on_chip_read_pj_per_byte"},
                                                              {"on_chip_write", "on_chip_write_pj_per_byte"},
                                                              {"dram_read", "dram_read_pj_per_byte"},
                                                              {"dram_write", "dram_write_pj_per_byte"},
                                                              {"dram_activate", "dram_activate_pj"},
                                                              {"dram_refresh", "dram_refresh_pj"},
                                                              {"dram_standby", "dram_standby_mw"},
                                                              {"clock", "clock_pj_per_flip_flop"},
                                                              {"static", "static_mw"}};

constexpr double picojoule_mj = 1e-9;  ///< to which figures are rounded

}  // namespace

TEST_CASE("the energy is the sum of its parts, each a count times its parameter") {
  const auto json = run("--data off");
  const auto& parts = json["energy"]["parts"];
  CHECK(parts.size() == prices.size());
  double sum = 0;
  for (const auto& [part, key] : prices) {
    INFO(part);
    CHECK(parts[part]["pj_per_one"] == json["configuration"]["energy." + key]["value"]);
    CHECK(mj(json, part) == Approx(parts[part]["count"].get<double>() * parts[part]["pj_per_one"].get<double>() * 1e-9)
                                .margin(picojoule_mj));
    CHECK(mj(json, part) > 0);
    sum += mj(json, part);
  }
  CHECK(json["energy_mj"].get<double>() == Approx(sum).margin(13 * picojoule_mj));
}

TEST_CASE("the DRAM's energy is that of the bytes and commands in the same JSON") {
  const auto json = run("--data off --set dram.page_policy=closed");
  const auto priced = [&json](const char* count, const char* key) {
    return json["dram"][count].get<double>() * json["configuration"][key]["value"].get<double>() * 1e-9;
  };
  CHECK(mj(json, "dram_read") == Approx(priced("read_bytes", "energy.dram_read_pj_per_byte")));
  CHECK(mj(json, "dram_write") == Approx(priced("write_bytes", "energy.dram_write_pj_per_byte")));
  CHECK(mj(json, "dram_activate") == Approx(priced("activates", "energy.dram_activate_pj")));
  CHECK(mj(json, "dram_refresh") == Approx(priced("refreshes", "energy.dram_refresh_pj")));
}

TEST_CASE("twice a price doubles that part and no other, and changes no cycle") {
  const auto before = run("--data off");
  for (const auto& [part, key] : prices) {
    INFO(key);
    const double price = before["configuration"]["energy." + key]["value"];
    const auto after = run("--data off --set energy." + key + "=" + std::to_string(2 * price));
    CHECK(after["cycles"] == before["cycles"]);
    for (const auto& [other, unused] : prices)
      CHECK(mj(after, other) == Approx((other == part ? 2 : 1) * mj(before, other)).margin(picojoule_mj));
    CHECK(after["energy_mj"].get<double>() - before["energy_mj"].get<double>() ==
          Approx(mj(before, part)).margin(2 * picojoule_mj));
  }
}

TEST_CASE("a table of zeros gives no energy") {
  const Scratch scratch;
  std::string toml = "[energy]\n";
  for (const auto& [part, key] : prices) toml += key + " = 0\n";
  scratch.write("free.toml", toml);
  const auto ended = program(quick_run + "--data off --platform free.toml --json -", scratch);
  REQUIRE(ended.status == 0);
  const auto json = nlohmann::json::parse(ended.out);
  CHECK(json["energy_mj"] == 0);
  CHECK(json["energy"]["average_mw"] == 0);
  for (const auto& [part, key] : prices) {
    CHECK(mj(json, part) == 0);
    CHECK(json["energy"]["parts"][part]["share"] == 0);
  }
}

TEST_CASE("the energy is the same with and without data, stepping and leaping") {
  const auto reference = run("--data on --engine leap");
  for (const char* options : {"--data off --engine leap", "--data on --engine step", "--data off --engine step"}) {
    INFO(options);
    const auto other = run(options);
    CHECK(other["energy"] == reference["energy"]);
    CHECK(other["energy_mj"] == reference["energy_mj"]);
    CHECK(other["layers"] == reference["layers"]);
  }
}

TEST_CASE("the energy is the first frame's, however many follow") {
  CHECK(run("--data off --frames 3")["energy"] == run("--data off")["energy"]);
}

TEST_CASE("the layers' energy and what belongs to none of them add up to the frame's") {
  const auto json = run("--data off");
  double sum = 0;
  for (const auto& layer : json["layers"]) sum += layer["dynamic_energy_mj"].get<double>();
  const double fetch =
      json["instruction_bytes"].get<double>() * json["energy"]["parts"]["dram_read"]["pj_per_one"].get<double>() * 1e-9;
  for (const char* part : {"dram_activate", "dram_refresh", "dram_standby", "clock", "static"}) sum += mj(json, part);
  CHECK(json["energy_mj"].get<double>() == Approx(sum + fetch).margin(40 * picojoule_mj));
}

TEST_CASE("what units read and write on chip is what is paid for") {
  const auto json = run("--data off");
  for (const char* direction : {"read", "write"}) {
    std::int64_t bytes = 0;
    for (const auto& unit : json["units"])
      bytes += unit["on_chip_" + std::string(direction) + "_bytes"].get<std::int64_t>();
    CHECK(json["energy"]["parts"]["on_chip_" + std::string(direction)]["count"] == bytes);
  }
}

TEST_CASE("an unknown or negative price is refused in one line") {
  for (const char* setting : {"energy.binary_mac_nj=1", "energy.static_mw=-1", "energy.dram_read_pj_per_byte=much"}) {
    const auto ended = program(quick_run + "--set " + setting);
    CHECK(ended.status == 2);
    CHECK_THAT(ended.err, Contains("energy."));
    CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
    CHECK(ended.out.empty());
  }
}

TEST_CASE("the table says that the energy is an estimate") {
  CHECK_THAT(program(quick_run + "--data off").out, Contains("energy ") && Contains(" mJ, estimate: "));
}
