#include "sweep/shard.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "config/user_error.h"
#include "tests/support/sweep_file.h"

using namespace ernsim;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& shard, const SweepDefinition& sweep) {
  try {
    parse_shard(shard, sweep);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

void check_division(const SweepDefinition& sweep) {
  const auto all = points_of(sweep);
  for (std::size_t count = 1; count <= all.size(); ++count) {
    std::vector<std::size_t> together;
    for (std::size_t index = 0; index < count; ++index) {
      const auto part = points_of(sweep, SweepShard{index, count});
      CHECK(std::is_sorted(part.begin(), part.end()));
      CHECK((part.size() == all.size() / count || part.size() == all.size() / count + 1));
      together.insert(together.end(), part.begin(), part.end());
    }
    std::sort(together.begin(), together.end());
    CHECK(together == all);
  }
}

}  // namespace

TEST_CASE("every point of a sweep is in exactly one shard, and shards differ by one point at most") {
  check_division(sweep_of(sweep_text(1)));
  check_division(sweep_of(sweep_text(37)));
  check_division(sweep_of(sweep_text(200, "sample = 24\nseed = 3\n")));
}

TEST_CASE("a shard is a place and a number of shards that has a point for each") {
  const auto sweep = sweep_of(sweep_text(12));
  const SweepShard last = parse_shard("11/12", sweep);
  CHECK(last.index == 11);
  CHECK(last.count == 12);
  CHECK(last.text() == "11/12");
  CHECK(last.file_name() == "shard-11-of-12.sqlite");
  for (const char* text :
       {"", "1", "1/", "/2", "2/2", "-1/2", "0/0", "1/2/3", " 0/2", "0x1/2", "0/99999999999999999999"})
    CHECK_THAT(refusal(text, sweep), Contains("'" + std::string(text) + "': must be I/N with 0 <= I < N"));
  CHECK_THAT(refusal("0/13", sweep), Contains("has 12 points; N must be from 1 to 12"));
}
