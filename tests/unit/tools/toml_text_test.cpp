#include "tools/toml_text.h"

#include <catch2/catch.hpp>

#include "timing/parameter.h"

using ernsim::ConfigError;
using ernsim::tools::parse_toml;

TEST_CASE("what is no TOML is refused with file and line") {
  CHECK_THROWS_WITH(parse_toml("a = 1\nb", "it.toml"), Catch::StartsWith("it.toml:2: "));
}

TEST_CASE("characters beyond ASCII are refused outside quotes and comments, with file and line") {
  const std::string why = "it.toml:2: outside quotes and comments only ASCII characters are allowed";
  for (const char* second : {"\xC3\xA9 = 1", "b = \xEF\xB9\xBFs50", "b = \"c\" \xE3\x80\x81", "b = '''c'''\xC2\xA1",
                             "b = \"\"\"c\"\"\"\"\" \xEF\xBB\xBE", "b = \"c\\\"\" \xC3\xA9", "b = 'c\\' \xC3\xA9"})
    CHECK_THROWS_WITH(parse_toml(std::string("a = 1\n") + second, "it.toml"), why);
}

TEST_CASE("characters beyond ASCII are taken in quotes and comments, and as byte order mark") {
  CHECK_NOTHROW(parse_toml("\xEF\xBB\xBF# \xC3\xA9 \xF0\x9F\x99\x82\na = 1 # \xEF\xB9\xBF", "it.toml"));
  for (const char* text : {"a = \"\xC3\xA9 # \xC3\xA9\"", "a = '\xC3\xA9\"'", "a = \"\"\"\n\xC3\xA9\"\n\"\"\"",
                           "a = '''\n'\xC3\xA9\n'''", "a = \"\\\"\xC3\xA9\"", "a = \"\"\"\xC3\xA9\"\"\"\"\""})
    CHECK_NOTHROW(parse_toml(text, "it.toml"));
}
