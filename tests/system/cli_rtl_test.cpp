#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/system/cli_refused.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

#ifdef ERNSIM_HAS_RTL
constexpr bool has_rtl = true;
#else
constexpr bool has_rtl = false;
#endif

const std::string network = "--network ERNs18x075 --input-size 64x64 ";

/// Whether RTL is built in; if not, the test says that it is skipped.
bool rtl_is_there() {
  if (!has_rtl) WARN("skipped: the program was built without ERNSIM_RTL");
  return has_rtl;
}

void check_equal_traces(const std::string& array, const std::string& units) {
  const Scratch scratch;
  REQUIRE(program("trace " + network + array + " --out model", scratch).status == 0);
  REQUIRE(program("trace " + network + array + " --out rtl --rtl " + units, scratch).status == 0);
  CHECK(contents(scratch / "model") == contents(scratch / "rtl"));
  CHECK(program("check rtl", scratch).status == 0);
}

}  // namespace

TEST_CASE("a frame with both units in RTL leaves the model's trace, byte for byte, at B16 M3") {
  if (rtl_is_there())
    check_equal_traces("--set convolution.block_channels=16 --set convolution.lanes=3", "convolution,quantization");
}

TEST_CASE("a frame with both units in RTL leaves the model's trace, byte for byte, at B64 M1") {
  if (rtl_is_there()) check_equal_traces("--set convolution.lanes=1", "convolution,quantization");
}

TEST_CASE("a frame with both units in RTL leaves the model's trace, byte for byte, at B64 M3") {
  if (rtl_is_there()) check_equal_traces("", "convolution,quantization");
}

TEST_CASE("a frame with one unit in RTL leaves the model's trace, byte for byte") {
  if (!rtl_is_there()) return;
  check_equal_traces("", "convolution");
  check_equal_traces("", "quantization");
}

TEST_CASE("the frame that is traced has layers of every kind, residuals in F, in R and none") {
  const auto json = nlohmann::json::parse(program("run " + network + "--json -").out);
  std::set<std::string> kinds;
  for (const auto& layer : json["layers"])
    kinds.insert(layer["kind"].get<std::string>() + "/" + layer["stride"].dump());
  CHECK(kinds == std::set<std::string>{"conv1x1/1", "conv1x1/2", "conv3x3/1", "conv3x3/2"});
  CHECK(json["layers"].dump().find("sums stay in F") != std::string::npos);
  CHECK(json["units"]["load_residuals"]["instructions"] > 0);
}

TEST_CASE("a run with RTL has the figures and tensors of one without") {
  if (!rtl_is_there()) return;
  const Scratch scratch;
  const std::string run = "run " + network + "--frames 2 --dump-accumulators ";
  REQUIRE(program(run + "--json model.json --dump-tensors model", scratch).status == 0);
  REQUIRE(program(run + "--json rtl.json --dump-tensors rtl --rtl convolution,quantization", scratch).status == 0);
  auto model = nlohmann::json::parse(contents(scratch / "model.json"));
  auto rtl = nlohmann::json::parse(contents(scratch / "rtl.json"));
  CHECK(rtl["command"] == model["command"].get<std::string>() + " --rtl convolution,quantization");
  model.erase("command");
  rtl.erase("command");
  CHECK(model == rtl);
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(scratch / "model")) {
    const std::string name = entry.path().filename().string();
    INFO(name);
    CHECK(contents(entry.path()) == contents(scratch / "rtl" / name));
    ++files;
  }
  CHECK(files > 20);
}

TEST_CASE("an RTL that there is not is refused in one line") {
  const std::string why = has_rtl ? "--rtl: no RTL for 'store'" : "--rtl: this program was built without RTL";
  CHECK_THAT(refused("run " + network + "--rtl store"), Contains(why));
}

TEST_CASE("RTL without values is refused in one line") {
  CHECK_THAT(refused("run " + network + "--rtl convolution --data off"), Contains("--rtl and --data contradict"));
}

TEST_CASE("RTL is refused for a configuration that it does not describe, by the key's name") {
  if (!rtl_is_there()) return;
  const std::vector<std::pair<std::string, std::string>> settings{
      {"convolution.pipeline_cycles=9", "convolution.pipeline_cycles is 9; the RTL has 8"},
      {"convolution.lanes=2", "lanes 2 was not built; there are 16 x 3, 64 x 1, 64 x 3"},
      {"convolution.cores=2", "convolution.cores is 2"},
      {"control.queue_depth=32", "control.queue_depth is 32"}};
  for (const auto& [setting, why] : settings)
    CHECK_THAT(refused("run " + network + "--rtl convolution --set " + setting), Contains(why));
}
