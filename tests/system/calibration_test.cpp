#include <catch2/catch.hpp>
#include <cmath>

#include "platforms/config_file.h"
#include "simulation/calibration.h"
#include "tests/system/cli_program.h"

// The published latencies: two networks were fitted to, three are predicted.

using namespace ernsim;

TEST_CASE("the frozen constants are what a fit to ERNs18 and ERNs50 gives, and the file says which command made it") {
  const std::string command = "calibrate --platform kv260 --stem released --set convolution.lanes=3";  // all defaults
  const auto ended = cli::program(command + " --out -");
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains("by: ernsim " + command + " --out -\n"));
  auto frozen = cli::contents(ERNSIM_SOURCE_DIR "/platforms/kv260.toml");
  const auto without_comments = [](std::string text) {
    while (!text.empty() && text[0] == '#') text.erase(0, text.find('\n') + 1);
    return text;
  };
  CHECK(without_comments(ended.out) == without_comments(frozen));
}

TEST_CASE("fitted latencies are within 1 % and predicted ones within 2 % of the published") {
  const auto errors = ernsim::errors(ernsim::predict(load_platform("kv260", {}), "released"));
  for (std::size_t i = 0; i < errors.size(); ++i) {
    INFO(published_latencies[i].network << " " << errors[i]);
    CHECK(std::abs(errors[i]) < (published_latencies[i].fitted ? 0.01 : 0.02));
  }
}
