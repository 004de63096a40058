#include <catch2/catch.hpp>

#include "tests/system/cli_program.h"

// Every cycle of every unit against straight jumps: all figures of a run must be the same bytes.

using namespace ernsim::cli;

namespace {

void check_engines(const std::string& options) {
  const auto step = program("run --engine step --json - " + options);
  const auto leap = program("run --engine leap --json - " + options);
  INFO(step.err << leap.err);
  REQUIRE(step.status == 0);
  CHECK(step.out == leap.out);
}

}  // namespace

TEST_CASE("stepping and leaping give ERNs18x075 the same figures") { check_engines("--network ERNs18x075 --data off"); }
TEST_CASE("stepping and leaping give ERNs18 the same figures") { check_engines("--network ERNs18 --data off"); }
TEST_CASE("stepping and leaping give ERNs34 the same figures") { check_engines("--network ERNs34 --data off"); }
TEST_CASE("stepping and leaping give ERNs50 the same figures") { check_engines("--network ERNs50 --data off"); }
TEST_CASE("stepping and leaping give ERNs101 the same figures") { check_engines("--network ERNs101 --data off"); }
TEST_CASE("stepping and leaping give the same figures with data") {
  check_engines("--network ERNs50 --input-size 64x64 --frames 2");
}
