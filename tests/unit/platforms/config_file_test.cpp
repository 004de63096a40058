#include "platforms/config_file.h"

#include <catch2/catch.hpp>

using namespace ernsim;
using Catch::Matchers::Contains;
using ernsim::load_platform;

namespace {

PlatformConfig parsed(const std::string& toml) { return parse_platform(toml, "my.toml", {}); }

/// The message of the ConfigError that `toml` causes; empty if there is none.
std::string error_of(const std::string& toml, const std::vector<std::string>& set_options = {}) try {
  parse_platform(toml, "my.toml", set_options);
  return {};
} catch (const ConfigError& error) {
  return error.what();
}

}  // namespace

TEST_CASE("the built-in platform is platforms/kv260.toml over the defaults") {
  const auto config = load_platform("kv260", {});
  CHECK(config.name == "kv260");
  CHECK(config.accelerator.convolution.block_channels == 64);
  const std::string file = ERNSIM_SOURCE_DIR "/platforms/kv260.toml";
  const auto read = load_platform(file, {});
  CHECK(config.accelerator.clock_mhz == read.accelerator.clock_mhz);
  CHECK(config.host.pooling_ns_per_value == read.host.pooling_ns_per_value);
  CHECK(config.accelerator.clock_mhz != PlatformConfig{}.accelerator.clock_mhz);
}

TEST_CASE("a file changes what it names and nothing else") {
  const auto config = parsed(
      "name = \"small\"\n[accelerator]\nclock_mhz = 100\n[convolution]\nblock_channels = 32\nlane_mapping = "
      "\"pixels\"\n"
      "[dram]\nrefresh = false\n[host]\ninterrupt_latency_us = 2.5\n");
  CHECK(config.name == "small");
  CHECK(config.accelerator.clock_mhz == 100);
  CHECK(config.accelerator.convolution.block_channels == 32);
  CHECK(config.accelerator.convolution.lane_mapping == LaneMapping::pixels);
  CHECK_FALSE(config.dram.refresh);
  CHECK(config.host.interrupt_latency_us == 2.5);
  CHECK(config.accelerator.convolution.lanes == PlatformConfig{}.accelerator.convolution.lanes);
}

TEST_CASE("a file without a name is called after itself") { CHECK(parsed("").name == "my"); }

TEST_CASE("options are applied after the file, in order") {
  const auto config = parse_platform("[convolution]\nlanes = 2\n", "my.toml",
                                     {"convolution.lanes=4", "convolution.lanes=5", "dram.part=generic_x8"});
  CHECK(config.accelerator.convolution.lanes == 5);
  CHECK(config.dram.part.name == "generic_x8");
}

TEST_CASE("an unknown key is refused with its line and the nearest key of its section") {
  CHECK(error_of("\n[convolution]\nblock_chanels = 64\n") ==
        "my.toml:3: convolution.block_chanels: no such key; did you mean block_channels?");
  CHECK(error_of("", {"convolution.lane=3"}) == "--set: convolution.lane: no such key; did you mean lanes?");
}

TEST_CASE("an unknown section is refused even if it is empty") {
  CHECK(error_of("[convolutoin]\nlanes = 3\n") ==
        "my.toml:1: [convolutoin]: no such section; did you mean convolution?");
  CHECK_THAT(error_of("[dma]\n[drm]\n"), Contains("my.toml:2: [drm]"));
  CHECK_THAT(error_of("", {"drm.refresh=true"}), Contains("did you mean dram?"));
}

TEST_CASE("a key outside all sections is refused") {
  CHECK_THAT(error_of("lanes = 3\n"), Contains("my.toml:1: lanes"));
  CHECK_THAT(error_of("name = 3\n"), Contains("quoted text"));
}

TEST_CASE("a value out of range is refused with the range") {
  CHECK(error_of("[convolution]\nlanes = 9\n") == "my.toml:2: convolution.lanes = 9: must be an integer from 1 to 8");
  CHECK_THAT(error_of("[accelerator]\nclock_mhz = 0.5\n"), Contains("a number from 1 to 2000"));
  CHECK_THAT(error_of("", {"convolution.lanes=-1"}), Contains("from 1 to 8"));
  CHECK_THAT(error_of("", {"convolution.lanes=99999999999999999999"}), Contains("from 1 to 8"));
}

TEST_CASE("a value of the wrong type is refused") {
  CHECK_THAT(error_of("[convolution]\nlanes = 3.0\n"), Contains("convolution.lanes = 3.0: must be an integer"));
  CHECK_THAT(error_of("[convolution]\nlanes = \"3\"\n"), Contains("must be an integer"));
  CHECK_THAT(error_of("[convolution]\nlanes = true\n"), Contains("must be an integer"));
  CHECK_THAT(error_of("[dram]\nrefresh = 1\n"), Contains("dram.refresh = 1: must be true or false"));
  CHECK_THAT(error_of("[accelerator]\nclock_mhz = \"fast\"\n"), Contains("must be a number"));
  CHECK_THAT(error_of("[convolution]\nlanes = [3]\n"), Contains("convolution.lanes: must be"));
  CHECK_THAT(error_of("[convolution.lanes]\nx = 3\n"), Contains("convolution.lanes: must be"));
}

TEST_CASE("numbers that are not finite are refused") {
  CHECK_THAT(error_of("[accelerator]\nclock_mhz = nan\n"), Contains("must be a number from 1 to 2000"));
  CHECK_THAT(error_of("[accelerator]\nclock_mhz = inf\n"), Contains("must be a number from 1 to 2000"));
  CHECK_THAT(error_of("", {"accelerator.clock_mhz=nan"}), Contains("must be a number from 1 to 2000"));
}

TEST_CASE("a name that an enumeration does not have is refused with those it has") {
  CHECK(error_of("[convolution]\nlane_mapping = \"rows\"\n") ==
        "my.toml:2: convolution.lane_mapping = rows: must be one of kernel_columns, pixels");
  CHECK_THAT(error_of("[convolution]\nlane_mapping = 1\n"), Contains("one of kernel_columns, pixels"));
}

TEST_CASE("values that do not fit together are refused with where they come from") {
  CHECK(error_of("[convolution]\nblock_channels = 48\n") ==
        "my.toml: convolution.block_channels = 48: must be a power of two");
  CHECK_THAT(error_of("", {"convolution.block_channels=48"}), Contains("--set"));
}

TEST_CASE("text that is not TOML is refused in one line") {
  for (const char* text : {"clock is 125 MHz\n", "[convolution\n", "[convolution]\nlanes = ", "\x89PNG\r\n\x1a\n",
                           "[dma]\n[dma]\n", "name = \"unfinished\n"}) {
    const auto message = error_of(text);
    CHECK_THAT(message, Catch::StartsWith("my.toml:"));
    CHECK(message.find('\n') == std::string::npos);
  }
}

TEST_CASE("an option without section, key or value is refused") {
  for (const char* option : {"lanes=3", "convolution.lanes", "convolution.lanes=", "=", "", "a=b.c"})
    CHECK_THAT(error_of("", {option}), Contains("must be section.key=value"));
}

TEST_CASE("a platform that does not exist is refused with the built-in names") {
  CHECK_THROWS_WITH(load_platform("kv999", {}), Contains("kv999") && Contains("built in: kv260"));
  CHECK_THROWS_WITH(load_platform("/", {}), Contains("cannot be read"));
}
