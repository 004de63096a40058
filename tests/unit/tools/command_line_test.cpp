#include "tools/command_line.h"

#include <catch2/catch.hpp>

#include "config/user_error.h"
#include "output/colour.h"

using namespace ernsim;
using namespace ernsim::tools;
using Catch::Matchers::Contains;

namespace {

namespace po = boost::program_options;

po::options_description options() {
  po::options_description description;
  description.add_options()("network", po::value<std::string>());
  description.add_options()("json", po::value<std::string>());
  description.add_options()("set", po::value<std::vector<std::string>>());
  return description;
}

CommandLine parsed(const Arguments& arguments, std::size_t positional_count = 0) {
  return CommandLine(arguments, options(), positional_count);
}

}  // namespace

TEST_CASE("options are read, repeated ones in order") {
  const auto line = parsed({"--network", "ERNs18", "--set", "a.b=1", "--set=c.d=2"});
  CHECK(line.get("network") == "ERNs18");
  CHECK(line.list("set") == std::vector<std::string>{"a.b=1", "c.d=2"});
  CHECK_FALSE(line.has("json"));
  CHECK(line.get("json", "x") == "x");
}

TEST_CASE("a dash is a value") { CHECK(parsed({"--json", "-"}).get("json") == "-"); }

TEST_CASE("an unknown option is refused with the nearest known one") {
  CHECK_THROWS_WITH(parsed({"--netwrok", "ERNs18"}), Contains("--netwrok") && Contains("did you mean --network?"));
  CHECK_THROWS_WITH(parsed({"--jsn=x"}), Contains("did you mean --json?"));
  CHECK_THROWS_AS(parsed({"-n", "x"}), UserError);
}

TEST_CASE("an abbreviated option is not guessed") { CHECK_THROWS_AS(parsed({"--net", "ERNs18"}), UserError); }

TEST_CASE("an option without its value, given twice or with another word behind it is refused") {
  CHECK_THROWS_AS(parsed({"--network"}), UserError);
  CHECK_THROWS_AS(parsed({"--network", "--json", "x"}), UserError);
  CHECK_THROWS_AS(parsed({"--network", "a", "--network", "b"}), UserError);
  CHECK_THROWS_WITH(parsed({"--network", "a", "b"}), Contains("unexpected argument 'b'"));
}

TEST_CASE("an empty value is refused, of an option that may be repeated too") {
  CHECK_THROWS_WITH(parsed({"--json", ""}), Contains("--json '': must not be empty"));
  CHECK_THROWS_WITH(parsed({"--set", "a.b=1", "--set", ""}), Contains("--set '': must not be empty"));
}

TEST_CASE("the option --color is followed wherever it stands, and left alone if it is not allowed") {
  const auto coloured = [](const Arguments& words) {
    choose_colour(ColourChoice::off);
    follow_colour(words);
    const bool has = styled(Style::head, "text") != "text";
    choose_colour(ColourChoice::off);
    return has;
  };
  CHECK(coloured({"run", "--color", "always"}));
  CHECK(coloured({"rnu", "--jsno", "--color=always", "x"}));
  CHECK_FALSE(coloured({"run", "--color", "alwyas"}));
  CHECK_FALSE(coloured({"run", "always", "--color"}));
  CHECK_FALSE(coloured({"run", "--colors=always"}));
  CHECK_FALSE(coloured({"run", "--color=always", "--color", "never"}));
}

TEST_CASE("words without an option are kept where they are expected") {
  CHECK(parsed({"file.onnx", "--json", "x"}, 1).positional() == std::vector<std::string>{"file.onnx"});
  CHECK_THROWS_AS(parsed({"a", "b"}, 1), UserError);
}

TEST_CASE("integers are read whole and in range") {
  CHECK(parse_integer("frames", "1000", 1, 1000) == 1000);
  for (const char* text : {"0", "1001", "-1", "", "1.5", "1x", " 1", "99999999999999999999"})
    CHECK_THROWS_WITH(parse_integer("frames", text, 1, 1000), Contains("--frames") && Contains("from 1 to 1000"));
}

TEST_CASE("a choice is one of its names") {
  CHECK(parse_choice("data", "on", {"on", "off"}) == "on");
  CHECK_THROWS_WITH(parse_choice("data", "yes", {"on", "off"}), Contains("--data 'yes'") && Contains("on, off"));
}

TEST_CASE("options that contradict each other are refused together and accepted alone") {
  CHECK_NOTHROW(parsed({"--network", "a"}).reject_together("network", "json", "why"));
  CHECK_THROWS_WITH(parsed({"--network", "a", "--json", "b"}).reject_together("network", "json", "why"),
                    Contains("why"));
}

TEST_CASE("an option without its value gets one at the end and in front of another option, and keeps what it has") {
  CHECK(with_value({"--json"}, "--json", "-") == Arguments{"--json", "-"});
  CHECK(with_value({"--json", "--set", "a=1"}, "--json", "-") == Arguments{"--json", "-", "--set", "a=1"});
  CHECK(with_value({"--json", "-"}, "--json", "-") == Arguments{"--json", "-"});
  CHECK(with_value({"--json", "file", "x"}, "--json", "-") == Arguments{"--json", "file", "x"});
  CHECK(with_value({"--json=file"}, "--json", "-") == Arguments{"--json=file"});
}
