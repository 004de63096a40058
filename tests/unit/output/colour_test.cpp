#include "output/colour.h"

#include <catch2/catch.hpp>

#include "output/text_table.h"

using namespace ernsim;

namespace {

struct Coloured {
  Coloured() { choose_colour(ColourChoice::always); }
  ~Coloured() { choose_colour(ColourChoice::off); }
};

TextTable table() {
  TextTable made({"name", "count"});
  made.add({"one", "1,000"});
  return made;
}

}  // namespace

TEST_CASE("no text has colours unless somebody chose them") {
  CHECK(styled(Style::head, "text") == "text");
  CHECK(styled_message(Style::error, "text") == "text");
  CHECK(table().text() == "name  count\none   1,000\n");
}

TEST_CASE("a text with colours is the same text between codes, and an empty one has none") {
  const Coloured coloured;
  CHECK(styled(Style::head, "text") == "\x1b[1mtext\x1b[0m");
  CHECK(styled(Style::warning, "text") != styled(Style::error, "text"));
  CHECK(styled(Style::error, "").empty());
}

TEST_CASE("a table's titles are its head, and codes take no room") {
  const std::size_t plain = table().width();
  const Coloured coloured;
  CHECK(table().text() == "\x1b[1mname  count\x1b[0m\none   1,000\n");
  CHECK(table().width() == plain);
  CHECK(plain == 11);
}
