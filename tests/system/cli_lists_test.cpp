#include <catch2/catch.hpp>

#include "tests/system/cli_program.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

TEST_CASE("help lists every subcommand and explains each") {
  const auto general = program("help");
  CHECK(general.status == 0);
  for (const char* name : {"run", "networks", "platforms", "import"}) {
    CHECK_THAT(general.out, Contains(name));
    const auto one = program(std::string("help ") + name);
    CHECK(one.status == 0);
    CHECK_THAT(one.out, Contains(std::string("usage: ernsim ") + name));
    CHECK(program(std::string(name) + " --help").out == one.out);
  }
}

TEST_CASE("the list of networks shows the paper's figures") {
  const auto ended = program("networks");
  CHECK(ended.status == 0);
  for (const char* text :
       {"ERNs18x075", "ERNs18", "ERNs34", "ERNs50", "ERNs101", "44,528,512", "11,218,714,624", "13.13"})
    CHECK_THAT(ended.out, Contains(text));
}

TEST_CASE("the list of platforms shows every parameter with its source") {
  const auto ended = program("platforms");
  CHECK(ended.status == 0);
  for (const char* text :
       {"kv260", "convolution.block_channels", "channels", "8 to 64", "Table 6", "kernel_columns, pixels"})
    CHECK_THAT(ended.out, Contains(text));
}

TEST_CASE("a printed platform file is read back as the same platform") {
  const Scratch scratch;
  scratch.write("copy.toml", program("platforms --toml kv260").out);
  const auto built_in = program(quick_run + "--data off --json -", scratch);
  const auto copy = program(quick_run + "--data off --json - --platform copy.toml", scratch);
  CHECK(built_in.status == 0);
  CHECK(without_command(built_in.out) == without_command(copy.out));
  CHECK(program("platforms --toml copy.toml", scratch).out == contents(scratch / "copy.toml"));
}
