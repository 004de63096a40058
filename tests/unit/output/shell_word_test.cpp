#include "output/shell_word.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>

using namespace ernsim;

namespace {

/// What a shell makes of a word.
std::string read_by_shell(const std::string& word) {
  FILE* shell = ::popen(("printf %s " + word).c_str(), "r");
  std::string text;
  std::array<char, 256> buffer{};
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), shell)) > 0;)
    text.append(buffer.data(), count);
  ::pclose(shell);
  return text;
}

}  // namespace

TEST_CASE("a shell reads a word as the text that it was made from") {
  for (const std::string text : {"plain", "", "two words", "it's", "''", "~", "!x", "a=b", "100%", "-", "{a,b}",
                                 "$HOME `ls` \"x\" \\n # ; * ~ %d"})
    CHECK(read_by_shell(shell_word(text)) == text);
}

TEST_CASE("a word that no shell changes is written as it is") { CHECK(shell_word("/data/a-b_c.1") == "/data/a-b_c.1"); }
