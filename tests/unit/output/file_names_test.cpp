#include "output/file_names.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace ernsim;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

/// Pieces that lead somewhere else, end a text, or look alike, between any bytes.
std::string nasty_name(Random& random) {
  static const std::vector<std::string> pieces{"../",       "/",
                                               "..",        ".",
                                               "\\",        std::string(1, '\0'),
                                               "\n",        "\x1b[2J",
                                               "CON",       "~",
                                               "\xc3\xa4",  "a\xcc\x88",
                                               "\xff",      "logits",
                                               "Logits",    "graph.json",
                                               "-",         ".negative",
                                               "x",         "X",
                                               "%2e%2e%2f", "$(id)",
                                               " ",         "'",
                                               "\"",        ".npy",
                                               "index",     std::string(5000, 'n')};
  std::string name;
  for (std::size_t count = below(random, 5); count > 0; --count)
    name += below(random, 8) == 0 ? std::string(1, static_cast<char>(below(random, 256)))
                                  : pieces[below(random, pieces.size())];
  return name;
}

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

TEST_CASE("thousands of nasty names get files in the folder that differ without regard to capitals") {
  Random random(16);
  const std::vector<std::string> taken{"logits.npy", "index.json"};
  FileNames names(taken);
  std::set<std::string> found(taken.begin(), taken.end());
  const std::vector<std::string> endings{".npy", ".acc.npy", ".thresholds.npy"};
  for (int i = 0; i < 5000; ++i) {
    const std::string name = nasty_name(random), ending = endings[below(random, 3)];
    const std::string file = names.of(name, ending);
    INFO(file);
    CHECK(is_file_name(file));
    CHECK(file.substr(file.size() - ending.size()) == ending);
    CHECK(found.insert(small(file)).second);
    const auto different = names.different().find(file);
    CHECK((file == name + ending) == (different == names.different().end()));
    if (different != names.different().end()) CHECK(different->second == name + ending);
  }
}

TEST_CASE("the same names in the same order get the same files") {
  for (int seed = 0; seed < 20; ++seed) {
    Random one(static_cast<unsigned>(seed)), other = one;
    FileNames first, second;
    for (int i = 0; i < 50; ++i) CHECK(first.of(nasty_name(one), ".npy") == second.of(nasty_name(other), ".npy"));
  }
}

TEST_CASE("the official library's names are their own files") {
  FileNames names({"logits.npy"});
  for (const char* name : {"backbone.conv1", "backbone.layer1.0.act0", "pixel_embedding", "conv"})
    CHECK(names.of(name, ".npy") == std::string(name) + ".npy");
  CHECK(names.different().empty());
}

TEST_CASE("a name as long as allowed is its own file and one byte more is cut") {
  FileNames names;
  const std::string longest(FileNames::longest_stem, 'n');
  CHECK(names.of(longest, ".npy") == longest + ".npy");
  const std::string cut = names.of(longest + "n", ".npy");
  CHECK(cut.substr(0, longest.size() + 1) == longest + "~");
  CHECK(cut.size() == longest.size() + 17 + 4);
}

TEST_CASE("a name that is taken, also in capitals, gets a suffix and says whose it is") {
  FileNames names({"logits.npy"});
  const std::string file = names.of("Logits", ".npy");
  CHECK(file.substr(0, 7) == "Logits~");
  CHECK(names.different().at(file) == "Logits.npy");
  CHECK(names.of("Logits", ".npy") == file.substr(0, file.size() - 4) + "~2.npy");
}
