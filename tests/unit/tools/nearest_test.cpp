#include "tools/nearest.h"

#include <catch2/catch.hpp>

using namespace ernsim::tools;

TEST_CASE("the edit distance counts insertions, deletions, substitutions and swaps") {
  CHECK(edit_distance("lanes", "lanes") == 0);
  CHECK(edit_distance("lane", "lanes") == 1);
  CHECK(edit_distance("lanes", "lane") == 1);
  CHECK(edit_distance("lames", "lanes") == 1);
  CHECK(edit_distance("laens", "lanes") == 1);
  CHECK(edit_distance("", "lanes") == 5);
  CHECK(edit_distance("lanes", "") == 5);
}

TEST_CASE("the nearest name is suggested, the first of equals") {
  CHECK(nearest("queue_dept", {"refresh", "queue_depth", "part"}) == "queue_depth");
  CHECK(nearest("x", {"a", "b"}) == "a");
  CHECK(did_you_mean("lane", {"lanes"}) == "; did you mean lanes?");
}

TEST_CASE("nothing is suggested when there is nothing to suggest") {
  CHECK(nearest("lanes", {}).empty());
  CHECK(did_you_mean("lanes", {}).empty());
}
