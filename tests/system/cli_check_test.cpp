#include <catch2/catch.hpp>

#include "tests/system/cli_refused.h"
#include "tests/unit/traces/sample_trace.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string network = "--network ERNs18x075 --input-size 64x64 ";

}  // namespace

TEST_CASE("a frame keeps every contract, and the schedule is what was fetched") {
  const Scratch scratch;
  REQUIRE(program("run --save-schedule schedule --json run.json " + network, scratch).status == 0);
  REQUIRE(program("trace --out a " + network, scratch).status == 0);
  const auto checked = program("check a --schedule schedule", scratch);
  CHECK(checked.status == 0);
  CHECK_THAT(checked.out, Catch::StartsWith("kept: of ") && Contains(" 0 broken, 0 not checked"));
}

TEST_CASE("another schedule than the one that was run is found, with the first place") {
  const Scratch scratch;
  REQUIRE(program("run --save-schedule schedule --json run.json --set memory.weights_words=600 " + network, scratch)
              .status == 0);
  REQUIRE(program("trace --out a --detail hash " + network, scratch).status == 0);
  const auto checked = program("check a --schedule schedule", scratch);
  CHECK(checked.status == 1);
  CHECK_THAT(checked.out, Contains("control.schedule: ") && Contains("first in cycle ") &&
                              Contains("not checked: convolution.values: only hashes of"));
}

TEST_CASE("a trace that is cut off is checked as far as it goes, and says so by its exit status") {
  const Scratch scratch;
  REQUIRE(program("trace --out a " + network, scratch).status == 0);
  const std::string bytes = contents(scratch / "a");
  scratch.write("b", bytes.substr(0, bytes.size() / 2));
  const auto checked = program("check b", scratch);
  CHECK(checked.status == 2);
  CHECK_THAT(checked.out, Contains(" 0 broken,"));
  CHECK_THAT(checked.err, Contains("what lies before is checked"));
}

TEST_CASE("a bench's trace, which knows no parameters and no instructions, is checked with those of the golden one") {
  const Scratch scratch;
  REQUIRE(program("trace --out golden " + network, scratch).status == 0);
  REQUIRE(program("trace --out units --units convolution,quantization " + network, scratch).status == 0);
  const std::string bytes = contents(scratch / "units");
  const std::size_t body = ernsim::test::body_of(bytes);
  auto header = ernsim::traces::parse_header(bytes.substr(0, body));
  header.parameters.clear();
  scratch.write("bench", ernsim::traces::to_text(header) + bytes.substr(body));
  const auto alone = program("check bench", scratch), like = program("check bench --like golden", scratch);
  CHECK(alone.status == 0);
  CHECK_THAT(alone.out, Contains("not checked: convolution.values: no parameter"));
  CHECK(like.status == 0);
  CHECK_THAT(like.out, !Contains("no parameter") && !Contains("not checked: convolution."));
  CHECK_THAT(refused("check bench --like bench2", scratch), Contains("bench2"));
}

TEST_CASE("what is no trace, or no schedule, is refused by check") {
  const Scratch scratch;
  scratch.write("text", "this is a text\n");
  REQUIRE(program("trace --out a --units store " + network, scratch).status == 0);
  CHECK_THAT(refused("check", scratch), Contains("check needs a trace"));
  CHECK_THAT(refused("check missing", scratch), Contains("missing"));
  CHECK_THAT(refused("check text", scratch), Contains("no trace"));
  CHECK_THAT(refused("check a --schedule text", scratch), Contains("text"));
}
