#include "config/toml_text.h"

#include <catch2/catch.hpp>

#include "config/parameter.h"

using ernsim::ConfigError;
using ernsim::parse_toml;

namespace {

std::string value(const std::string& text) { return parse_toml(text, "it.toml")["a"].value_or(std::string("none")); }

}  // namespace

TEST_CASE("what is no TOML is refused with file and line") {
  CHECK_THROWS_WITH(parse_toml("a = 1\nb", "it.toml"), Catch::StartsWith("it.toml:2: "));
}

TEST_CASE("characters beyond ASCII are refused outside quotes and comments, with file and line") {
  const std::string why = "it.toml:2: outside quotes and comments only ASCII characters are allowed";
  for (const char* second : {"\xC3\xA9 = 1", "b = \xEF\xB9\xBFs50", "b = \"c\" \xE3\x80\x81", "b = '''c'''\xC2\xA1",
                             "b = \"c\\\"\" \xC3\xA9"})
    CHECK_THROWS_WITH(parse_toml(std::string("a = 1\n") + second, "it.toml"), why);
}

TEST_CASE("characters beyond ASCII are taken in comments, in double quotes, and as byte order mark") {
  CHECK_NOTHROW(parse_toml("\xEF\xBB\xBF# \xC3\xA9 \xF0\x9F\x99\x82\na = 1 # \xEF\xB9\xBF", "it.toml"));
  CHECK(value("a = \"\xC3\xA9 # \xF0\x9F\x99\x82\"") == "\xC3\xA9 # \xF0\x9F\x99\x82");
  CHECK(value("a = \"\"\"\n\xD0\x82\" \\\n  \xEF\xBB\xBB\"\"\"") == "\xD0\x82\" \xEF\xBB\xBB");
  CHECK(value("a = \"\\\"\xC3\xA9\" # \"") == "\"\xC3\xA9");
}

TEST_CASE("ASCII text keeps its meaning: quotes in quotes, hashes in quotes, escapes") {
  CHECK(value("a = 'x # \"y'") == "x # \"y");
  CHECK(value("a = '''x'y # ''z'''") == "x'y # ''z");
  CHECK(value("a = \"\"\"x\"\" # y\"\"\"") == "x\"\" # y");
  CHECK(value("a = \"x\\\\\" # \"") == "x\\");
  CHECK(value("a = \"\\u0041\\t\"") == "A\t");
}

TEST_CASE("characters beyond ASCII in single quotes, behind a backslash, or in no UTF-8 are refused by line") {
  CHECK_THROWS_WITH(parse_toml("a = '\xC3\xA9'", "it.toml"), Catch::StartsWith("it.toml:1: in single quotes"));
  CHECK_THROWS_WITH(parse_toml("\na = \"\\\xC3\xA9\"", "it.toml"), Catch::StartsWith("it.toml:2: no ASCII character"));
  for (const char* broken :
       {"a = \"\xC3\"", "a = \"\xC3", "a = \"\x80\"", "a = \"\xF5\x80\x80\x80\"", "a = \"\xE2\x82\""})
    CHECK_THROWS_WITH(parse_toml(broken, "it.toml"), "it.toml:1: the text is not UTF-8");
}
