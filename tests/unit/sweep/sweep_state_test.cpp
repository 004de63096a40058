#include "sweep/state.h"

#include <catch2/catch.hpp>

#include "sweep/shard.h"
#include "tests/support/sweep_file.h"

using namespace ernsim;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE("a complete sweep has nothing to say of its state") {
  SweepState state;
  state.finished = 16;
  state.planned = 16;
  CHECK(state_sentences(state).empty());
  CHECK(state.missing() == 0);
}

TEST_CASE("what is missing is said first, with the command that goes on, or that a process is at it") {
  SweepState state{4, 16, "", false, "my grid.toml", "out"};
  auto sentences = state_sentences(state);
  REQUIRE(sentences.size() == 2);
  CHECK_THAT(sentences[0], StartsWith("12 of 16 points are missing"));
  CHECK(sentences[1] == "To go on: ernsim sweep 'my grid.toml' --out out --resume");
  state.at_work = true;
  sentences = state_sentences(state);
  REQUIRE(sentences.size() == 2);
  CHECK_THAT(sentences[0], StartsWith("12 of 16 points are missing"));
  CHECK_THAT(sentences[1], Contains("now"));
}

TEST_CASE("a shard lacks only its own points, and says what it is a shard of") {
  const auto sweep = sweep_of(sweep_text(16));
  for (std::size_t count = 1; count <= 16; ++count)
    for (std::size_t index = 0; index < count; ++index) {
      const SweepShard shard{index, count};
      const SweepState state{1, 16, shard.text(), false, "it.toml", "it"};
      CHECK(state.own().value() == points_of(sweep, shard).size());
      CHECK(state.missing() == points_of(sweep, shard).size() - 1);
    }
  const SweepState whole_shard{4, 16, "1/4", false, "it.toml", "it"};
  REQUIRE(state_sentences(whole_shard).size() == 1);
  CHECK_THAT(state_sentences(whole_shard)[0], Contains("shard 1/4") && Contains("16 points") && Contains("--merge"));
  CHECK(resume_command(whole_shard) == "ernsim sweep it.toml --out it --shard 1/4 --resume");
}

TEST_CASE("a sweep of a version that did not write how many points it has is not called complete") {
  SweepState state;
  state.finished = 4;
  REQUIRE(state_sentences(state).size() == 1);
  CHECK_THAT(state_sentences(state)[0], Contains("not known"));
}
