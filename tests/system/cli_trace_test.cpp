#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_refused.h"
#include "tests/unit/traces/sample_trace.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string quick_trace = "trace --network ERNs18x075 --input-size 64x64 ";

Ended compare(const std::string& a, const std::string& b, const Scratch& scratch, const std::string& options = "") {
  return program("compare " + a + " " + b + " " + options, scratch);
}

}  // namespace

TEST_CASE("the same run gives the same trace, with either engine") {
  const Scratch scratch;
  for (const char* options : {"--out a", "--out b", "--out c --engine step"})
    REQUIRE(program(quick_trace + options, scratch).status == 0);
  CHECK(contents(scratch / "a") == contents(scratch / "b"));
  CHECK(contents(scratch / "a") == contents(scratch / "c"));
  CHECK(compare("a", "c", scratch).status == 0);
}

TEST_CASE("a traced run has the cycles of one that is not") {
  const Scratch scratch;
  const auto trace = program(quick_trace + "--out a", scratch);
  const auto run = program("run --network ERNs18x075 --input-size 64x64 --json -", scratch);
  CHECK_THAT(trace.out, Catch::StartsWith(nlohmann::json::parse(run.out)["cycles"].dump() + " cycles"));
}

TEST_CASE("traces of other weights differ, and the first divergence is printed") {
  const Scratch scratch;
  REQUIRE(program(quick_trace + "--out a", scratch).status == 0);
  REQUIRE(program(quick_trace + "--out b --seed 1", scratch).status == 0);
  const auto ended = compare("a", "b", scratch);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.out, Catch::StartsWith("first divergence: cycle ") && Contains("layer backbone.conv1"));
}

TEST_CASE("traces of another clock differ in cycles and not in values") {
  const Scratch scratch;
  REQUIRE(program(quick_trace + "--out a --units convolution,quantization", scratch).status == 0);
  REQUIRE(program(quick_trace + "--out b --units convolution,quantization --set accelerator.clock_mhz=300", scratch)
              .status == 0);
  const auto cycles = compare("a", "b", scratch), values = compare("a", "b", scratch, "--mode values");
  CHECK(cycles.status == 1);
  CHECK_THAT(cycles.out, Contains("channels compared by cycles") && Contains("accelerator.clock_mhz: ") &&
                             Contains("not of the same machine: clock_period_ps: ") &&
                             Contains("only cycles differ: with --mode order they are equal"));
  CHECK(values.status == 0);
  CHECK_THAT(values.out, Contains("channels compared by values"));
  CHECK(compare("a", "b", scratch, "--mode order").status == 0);
}

TEST_CASE("a trace that is the golden one some cycles later is said to be so; one with a wrong word is not") {
  const Scratch scratch;
  auto wrong = ernsim::test::sample_tile(107);
  wrong.data[3] ^= 1;
  scratch.write("a", ernsim::test::trace_bytes({ernsim::test::sample_tile(100)}));
  scratch.write("b", ernsim::test::trace_bytes({ernsim::test::sample_tile(107)}));
  scratch.write("c", ernsim::test::trace_bytes({wrong}));
  const auto shifted = compare("a", "b", scratch);
  CHECK(shifted.status == 1);
  CHECK_THAT(shifted.out,
             Contains("only time is shifted: with --align they are equal, the candidate moved by -7 cycles"));
  CHECK(compare("a", "b", scratch, "--align").status == 0);
  CHECK_THAT(compare("a", "c", scratch).out, !Contains("only "));
}

TEST_CASE("a trace of hashes is equal to the one with data, and much smaller") {
  const Scratch scratch;
  REQUIRE(program(quick_trace + "--out a", scratch).status == 0);
  REQUIRE(program(quick_trace + "--out b --detail hash", scratch).status == 0);
  CHECK(compare("a", "b", scratch).status == 0);
  CHECK(compare("b", "a", scratch).status == 0);
  CHECK(10 * contents(scratch / "b").size() < contents(scratch / "a").size());
}

TEST_CASE("a truncated trace is compared as far as it goes, with status 2") {
  const Scratch scratch;
  REQUIRE(program(quick_trace + "--out a", scratch).status == 0);
  const std::string bytes = contents(scratch / "a");
  scratch.write("b", bytes.substr(0, bytes.size() / 2));
  const auto ended = compare("b", "a", scratch, "--mode values");
  CHECK(ended.status == 2);
  CHECK_THAT(ended.err, Contains("b: it ends at byte") && Contains("inside a chunk"));
}

TEST_CASE("what is no trace is refused") {
  const Scratch scratch;
  scratch.write("text", "hello\n");
  CHECK_THAT(refused("compare text text", scratch), Contains("text") && Contains("ernsim-trace"));
  CHECK_THAT(refused("compare missing text", scratch), Contains("missing"));
  CHECK_THAT(refused("compare text", scratch), Contains("candidate"));
}

TEST_CASE("wrong trace options are refused and leave no file behind") {
  const Scratch scratch;
  CHECK_THAT(refused(quick_trace, scratch), Contains("--out"));
  CHECK_THAT(refused(quick_trace + "--out -", scratch), Contains("needs a file"));
  CHECK_THAT(refused(quick_trace + "--out a --units convolutoin", scratch), Contains("convolution"));
  CHECK_THAT(refused(quick_trace + "--out a --layers backbone.conv9", scratch), Contains("backbone.conv9"));
  CHECK_THAT(refused(quick_trace + "--out a --cycles 5", scratch), Contains("FIRST:LAST"));
  CHECK_THAT(refused(quick_trace + "--out a --cycles 5:4", scratch), Contains("later than the last"));
  CHECK_THAT(refused(quick_trace + "--out a --vcd a", scratch), Contains("same file"));
  CHECK(scratch.names().empty());
}

TEST_CASE("a window of a trace opens as waveforms and as a timeline") {
  const Scratch scratch;
  REQUIRE(program(quick_trace + "--out a --cycles 2000:2100 --vcd w.vcd --perfetto t.json", scratch).status == 0);
  const std::string vcd = contents(scratch / "w.vcd");
  CHECK_THAT(vcd, Contains("$timescale 1 ps $end") && Contains("accumulators_out_data") &&
                      Contains("$enddefinitions $end") && Contains("#" + std::to_string(2000 * 8124)));
  const auto timeline = nlohmann::json::parse(contents(scratch / "t.json"));
  CHECK(timeline["traceEvents"].size() > 10);
}
