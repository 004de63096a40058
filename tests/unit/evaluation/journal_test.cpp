#include "evaluation/journal.h"

#include <catch2/catch.hpp>
#include <iterator>

#include "config/user_error.h"
#include "scratch_data.h"

using namespace ernsim;
using namespace ernsim::evaluation;

namespace {

Outcome outcome(std::int64_t number) { return {{number, -number}, {0, number * number, 1}}; }

bool same(const Outcome& a, const Outcome& b) { return a.class_sums == b.class_sums && a.overflows == b.overflows; }

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A journal that was cut off at any byte keeps exactly the records that are whole, and goes on behind them") {
  const test::ScratchFolder folder;
  const std::string path = folder / "x.partial";
  {
    Journal journal(path, false, 5, 2, 3);
    journal.append(4, outcome(40));
    journal.append(0, outcome(7));
  }
  const std::string whole = read_file(path);
  for (std::size_t bytes = 0; bytes <= whole.size(); ++bytes) {
    folder.write("x.partial", whole.substr(0, bytes));
    Journal journal(path, true, 5, 2, 3);
    CHECK(journal.has(4) == (bytes >= 16 + 56));
    CHECK(journal.has(0) == (bytes == whole.size()));
    journal.append(9, outcome(1));
    CHECK(same(journal.read(9), outcome(1)));
    if (journal.has(4)) CHECK(same(journal.read(4), outcome(40)));
  }
}

TEST_CASE("A record with a wrong bit is not believed") {
  const test::ScratchFolder folder;
  { Journal(folder / "x", false, 5, 2, 3).append(4, outcome(40)); }
  std::string bytes = read_file(folder / "x");
  bytes[30] = static_cast<char>(bytes[30] ^ 1);
  folder.write("x", bytes);
  CHECK_FALSE(Journal(folder / "x", true, 5, 2, 3).has(4));
}

TEST_CASE("A journal of another evaluation, or one that nobody asked to go on with, is refused and kept") {
  const test::ScratchFolder folder;
  { Journal(folder / "x", false, 5, 2, 3).append(4, outcome(40)); }
  const std::string bytes = read_file(folder / "x");
  CHECK_THROWS_WITH(Journal(folder / "x", false, 5, 2, 3), Catch::Contains("--resume"));
  CHECK_THROWS_WITH(Journal(folder / "x", true, 6, 2, 3), Catch::Contains("another network"));
  CHECK(read_file(folder / "x") == bytes);
}
