#include "output/text_table.h"

#include <catch2/catch.hpp>

using namespace ernsim;

TEST_CASE("a column of numbers is aligned to the right and a column of words to the left") {
  TextTable table({"name", "cycles"});
  table.add({"a", "1,234"});
  table.add({"longer", "5"});
  CHECK(table.text() == "name    cycles\na        1,234\nlonger       5\n");
}

TEST_CASE("digits are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-1234567) == "-1,234,567");
}

TEST_CASE("a number with a fraction is recognisable as one") {
  CHECK(decimal(125) == "125.0");
  CHECK(decimal(0.1) == "0.1");
  CHECK(decimal(-2) == "-2.0");
}

TEST_CASE("a name cannot steer the terminal or break its line") {
  TextTable table({"name"});
  table.add({"a\x1b[2J\nb\x7f"});
  CHECK(table.text() == "name\na?[2J?b?\n");
}
