#include <catch2/catch.hpp>

#include "models/dram/dram_part_file.h"
#include "models/dram/dram_timing.h"

namespace ernsim {
namespace {

using Catch::Matchers::Contains;

DramConfig config_of(const std::string& toml) {
  DramConfig config;
  config.part = parse_dram_part(toml, "mine", "mine.toml");
  return config;
}

std::string error_of(const std::string& toml) {
  try {
    parse_dram_part(toml, "mine", "mine.toml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("A part takes from its base what it does not give itself", "[dram]") {
  const DramTiming base = dram_timing(config_of("base = \"generic_x8\"\n"));
  const DramTiming mine = dram_timing(config_of("base = \"generic_x8\"\ntRCD = 20\nchannel_bits = 32\n"));
  CHECK(mine.activate_to_column == 20);
  CHECK(mine.precharge_to_activate == base.precharge_to_activate);
  CHECK(mine.access_bytes == 32);
}

TEST_CASE("Of clocks and nanoseconds the longer one holds, rounded up but for 2.5 % of a clock", "[dram]") {
  const auto rcd = [](const std::string& text) {
    return dram_timing(config_of("base = \"generic_x8\"\n" + text)).activate_to_column;
  };
  CHECK(rcd("tRCD = 4\ntRCD_ns = 10") == 12);  // 12.005 clocks of 833 ps
  CHECK(rcd("tRCD = 14\ntRCD_ns = 10") == 14);
  CHECK(rcd("tRCD_ns = 13.328") == 16);
  CHECK(rcd("tRCD_ns = 13.36") == 17);
}

TEST_CASE("A distance set in nanoseconds takes the place of the part's", "[dram]") {
  DramConfig config;
  config.delays_ns[DramDelayId::tRCD] = 20;
  CHECK(dram_timing(config).activate_to_column == 24);  // 24.01
  config.delays_ns[DramDelayId::tRCD] = 0;
  CHECK(dram_timing(config).activate_to_column == 16);
}

TEST_CASE("A part's file is refused with line, key and what is allowed", "[dram]") {
  CHECK_THAT(error_of("base = \"generic_x9\"\n"), Contains("generic_x9"));
  CHECK_THAT(error_of("base = \"generic_x8\"\ntRDC = 3\n"), Contains("mine.toml:2: tRDC: no such key"));
  CHECK_THAT(error_of("base = \"generic_x8\"\nrows = 1000\n"), Contains("rows: must be a power of two"));
  CHECK_THAT(error_of("base = \"generic_x8\"\ntRCD = -1\n"), Contains("tRCD: must be an integer from 0"));
  CHECK_THAT(error_of("base = \"generic_x8\"\ntRCD = 1.5\n"), Contains("tRCD: must be an integer"));
  CHECK_THAT(error_of("base = \"generic_x8\"\nstandard = \"DDR9\"\n"), Contains("DDR3"));
  CHECK_THAT(error_of("standard = \"DDR4\"\n"), Contains("is missing"));
  CHECK_THAT(error_of("base = \"generic_x8\"\nbanks_per_group = 8\n"), Contains("at most 16 banks"));
  CHECK(error_of("base = \"generic_x8\"\n") == "none");
}

TEST_CASE("A part without refresh of single banks refuses it", "[dram]") {
  DramConfig config;
  config.refresh_mode = RefreshMode::per_bank;
  CHECK_THROWS_AS(dram_timing(config), ConfigError);
}

}  // namespace
}  // namespace ernsim
