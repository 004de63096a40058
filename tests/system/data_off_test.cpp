#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"

// Timing must not depend on values: every figure but the results themselves is the same with and without data.

using namespace ernsim::cli;

namespace {

nlohmann::json figures(const std::string& options) {
  const auto ended = program("run --json - " + options);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  auto json = nlohmann::json::parse(ended.out);
  for (const char* key : {"data", "command", "top5", "overflows"}) json.erase(key);
  json["digests"].erase("weights");  // not drawn
  return json;
}

void check_network(const std::string& network) {
  const std::string options = "--network " + network + " --data ";
  CHECK(figures(options + "on") == figures(options + "off"));
}

}  // namespace

TEST_CASE("ERNs18x075 takes the same cycles with and without data") { check_network("ERNs18x075"); }
TEST_CASE("ERNs18 takes the same cycles with and without data") { check_network("ERNs18 --stem paper"); }
TEST_CASE("ERNs34 takes the same cycles with and without data") { check_network("ERNs34"); }
TEST_CASE("ERNs50 takes the same cycles with and without data") { check_network("ERNs50"); }
TEST_CASE("ERNs101 takes the same cycles with and without data") { check_network("ERNs101"); }
