#include "tools/toml_text.h"

#include <catch2/catch.hpp>

#include "timing/parameter.h"

using ernsim::ConfigError;
using ernsim::tools::parse_toml;

TEST_CASE("what is no TOML is refused with file and line") {
  CHECK_THROWS_WITH(parse_toml("a = 1\nb", "it.toml"), Catch::StartsWith("it.toml:2: "));
}

TEST_CASE("characters that the TOML library cannot classify are refused with file and line, their neighbours are not") {
  CHECK_THROWS_WITH(parse_toml("a = 1\n# \xEF\xAC\xA6\n", "it.toml"), "it.toml:2: the character U+FB26 is not allowed");
  CHECK_THROWS_WITH(parse_toml("\xEF\xB9\xBFs50", "it.toml"), "it.toml:1: the character U+FE7F is not allowed");
  CHECK_THROWS_WITH(parse_toml("\xEF\xBB\xBE", "it.toml"), "it.toml:1: the character U+FEFE is not allowed");
  CHECK_NOTHROW(parse_toml("\xEF\xBB\xBF# \xEF\xAC\xA5 \xF0\x9F\x99\x82\na = 1", "it.toml"));
}
