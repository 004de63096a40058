#include "sweep/database.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/reading.h"
#include "tests/support/sweep_file.h"
#include "tests/system/cli_program.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim;
using Catch::Matchers::Contains;
using ernsim::cli::contents;
using ernsim::cli::rows_of;
using ernsim::cli::Scratch;

namespace {

SweepRow row_of(const SweepDefinition& sweep, std::size_t number, bool simulated = true) {
  SweepRow row{number, point_of(sweep, static_cast<std::int64_t>(number)), simulated ? "" : "too small", {}};
  for (std::size_t i = 0; simulated && i < figure_names().size(); ++i)
    row.figures.push_back(0.1 * static_cast<double>(number + i));
  return row;
}

/// A database of four points, one of which was not simulated.
void make(const std::string& path, const SweepDefinition& sweep) {
  SweepDatabase database(path, sweep, SweepAccess::make);
  for (std::size_t i = 0; i < 4; ++i) database.add(row_of(sweep, i, i != 2));
}

std::string refusal(const std::string& path, const SweepDefinition& sweep, SweepAccess access) {
  try {
    SweepDatabase(path, sweep, access).rows();
  } catch (const ConfigError& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("rows come back as they were added") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep);
  const auto rows = SweepDatabase(path, sweep, SweepAccess::read).rows();
  REQUIRE(rows.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const SweepRow expected = row_of(sweep, i, i != 2);
    CHECK(rows[i].number == i);
    CHECK(rows[i].point.settings == expected.point.settings);
    CHECK(rows[i].reason == expected.reason);
    CHECK(rows[i].figures == expected.figures);
  }
}

TEST_CASE("a point that was not simulated keeps the figures that are known before, and notes come back") {
  const Scratch scratch;
  const auto sweep = sweep_of("[axes]\n\"memory.activations_words\" = [4096, 32768]\n");
  const std::string path = (scratch / "it.sqlite").string();
  SweepRow row{1, point_of(sweep, 1), "does not fit", figures_before(sweep, point_of(sweep, 1)), "a note"};
  SweepDatabase(path, sweep, SweepAccess::make).add(row);
  const auto found = SweepDatabase(path, sweep, SweepAccess::read).rows().at(0);
  const auto read = read_sweep(path).points.at(0);
  CHECK(found.notes == "a note");
  CHECK(read.notes == "a note");
  for (std::size_t i = 0; i < figure_names().size(); ++i) {
    INFO(figure_names()[i]);
    const bool known = is_known_before(figure_names()[i]) && !may_be_unknown(figure_names()[i]);
    CHECK(std::isnan(found.figures[i]) == !known);
    CHECK((std::isnan(found.figures[i]) || found.figures[i] == row.figures[i]));
    CHECK((std::isnan(found.figures[i]) || read.figures[i] == row.figures[i]));
  }
  rows_of(path, "UPDATE points SET fps = 1.0 WHERE number = 1");
  CHECK_THAT(refusal(path, sweep, SweepAccess::read), Contains("whose figures are not what they must be"));
}

TEST_CASE("of a point that was simulated energy and accuracy may be unknown, and no other figure") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  for (std::size_t i = 0; i < figure_names().size(); ++i) {
    const std::string path = (scratch / (figure_names()[i] + ".sqlite")).string();
    SweepRow row = row_of(sweep, 0);
    row.figures[i] = std::nan("");
    SweepDatabase(path, sweep, SweepAccess::make).add(row);
    INFO(figure_names()[i]);
    const bool may_be = figure_names()[i] == "energy_mj" || figure_names()[i] == "accuracy";
    CHECK((refusal(path, sweep, SweepAccess::read) == "accepted") == may_be);
  }
}

TEST_CASE("an empty file, and one with the program's mark but no tables, are gone on with; reading refuses them") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  for (const bool marked : {false, true}) {
    scratch.write("it.sqlite", "");
    if (marked) rows_of(path, "PRAGMA application_id = " + std::to_string(sweep_application_id));
    const std::string before = contents(path);
    CHECK(before.empty() == !marked);
    CHECK(refusal(path, sweep, SweepAccess::make) != "accepted");
    CHECK(refusal(path, sweep, SweepAccess::read) != "accepted");
    CHECK(contents(path) == before);
    CHECK(refusal(path, sweep, SweepAccess::resume) == "accepted");
    CHECK(refusal(path, sweep, SweepAccess::read) == "accepted");
  }
}

TEST_CASE("files of other programs are refused, however opened, and left as they are") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  const auto check_refused = [&] {
    const std::string before = contents(path);
    CHECK_FALSE(before.empty());
    for (const auto access : {SweepAccess::resume, SweepAccess::read, SweepAccess::replace})
      CHECK_THAT(refusal(path, sweep, access), Contains("no sweep of this program"));
    CHECK(contents(path) == before);
    scratch.write("it.sqlite", "");
  };
  scratch.write("it.sqlite", "some text");
  check_refused();
  rows_of(path, "CREATE TABLE theirs (number)");
  check_refused();
  rows_of(path, "PRAGMA application_id = 7");  // a foreign database without tables
  check_refused();
  rows_of(path, "PRAGMA user_version = 7");
  check_refused();
  rows_of(path, "PRAGMA application_id = " + std::to_string(sweep_application_id));
  rows_of(path, "PRAGMA user_version = 7");
  check_refused();
}

TEST_CASE("a row that is not what was written refuses the file") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep);
  const std::string whole = contents(path);
  const std::vector<std::pair<std::string, std::string>> damages{
      {"UPDATE points SET number = 4 WHERE number = 3", "has point 4, which is not of this sweep"},
      {"UPDATE points SET number = -1 WHERE number = 3", "has point -1, which is not of this sweep"},
      {"UPDATE points SET network = 'ERNs34' WHERE number = 1", "other settings"},
      {"UPDATE points SET stem = 'paper' WHERE number = 1", "other settings"},
      {"UPDATE points SET input_size = '32x32' WHERE number = 1", "other settings"},
      {"UPDATE points SET settings = '' WHERE number = 1", "other settings"},
      {"UPDATE points SET reason = 'why' WHERE number = 1", "figures"},
      {"UPDATE points SET reason = '' WHERE number = 2", "figures"},
      {"UPDATE points SET reason = 'too smalm' WHERE number = 2", "sum"},
      {"UPDATE points SET fps = NULL WHERE number = 1", "figures"},
      {"UPDATE points SET fps = 9e999 WHERE number = 1", "figures"},
      {"UPDATE points SET fps = 'fast' WHERE number = 1", "figures"},
      {"UPDATE points SET fps = fps + 1e-9 WHERE number = 1", "sum"},
      {"UPDATE points SET sum = NULL WHERE number = 1", "sum"}};
  for (const auto& [damage, why] : damages) {
    rows_of(path, damage);
    INFO(damage);
    CHECK_THAT(refusal(path, sweep, SweepAccess::read), Contains("is damaged: has point ") && Contains(why));
    CHECK_THAT(refusal(path, sweep, SweepAccess::resume), Contains(why));
    scratch.write("it.sqlite", whole);
  }
  CHECK(refusal(path, sweep, SweepAccess::read) == "accepted");
}

TEST_CASE("a page is not made of a row that does not match its sum") {
  const Scratch scratch;
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep_of(sweep_text(4)));
  CHECK(read_sweep(path).figures == figure_names());
  CHECK(read_sweep(path).points.size() == 4);
  rows_of(path, "UPDATE points SET fps = fps + 1e-9 WHERE number = 1");
  CHECK_THROWS_WITH(read_sweep(path), Contains("the row of point 1 does not match its sum"));
}

TEST_CASE("a flipped byte in a row's value refuses the file") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep);
  const std::string whole = contents(path);
  const double figure = row_of(sweep, 3).figures[5];
  std::string bytes(sizeof figure, '\0');
  std::memcpy(bytes.data(), &figure, sizeof figure);
  std::reverse(bytes.begin(), bytes.end());  // SQLite stores the most significant byte first
  const auto at = whole.find(bytes);
  REQUIRE(at != std::string::npos);
  for (std::size_t i = 0; i < sizeof figure; ++i) {
    std::string flipped = whole;
    flipped[at + i] = static_cast<char>(flipped[at + i] ^ 4);
    scratch.write("it.sqlite", flipped);
    CHECK_THAT(refusal(path, sweep, SweepAccess::read), Contains("is damaged"));
  }
}

TEST_CASE("wherever a bit flips, the file is refused or its rows are what was written") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep);
  const std::string whole = contents(path);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); at += 13) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    scratch.write("it.sqlite", flipped);
    try {
      for (const SweepRow& row : SweepDatabase(path, sweep, SweepAccess::read).rows())
        if (row.figures != row_of(sweep, row.number, row.number != 2).figures) FAIL("byte " << at << " passes");
    } catch (const ConfigError&) {
      ++refused;
    }
  }
  CHECK(refused > 50);
}

TEST_CASE("a database that one process writes is refused to another that would, and can be read") {
  const Scratch scratch;
  const auto sweep = sweep_of(sweep_text(4));
  const std::string path = (scratch / "it.sqlite").string();
  make(path, sweep);
  const SweepDatabase first(path, sweep, SweepAccess::resume);
  const pid_t other = ::fork();
  if (other == 0) {
    std::string why;
    try {
      SweepDatabase(path, sweep, SweepAccess::resume).rows();
    } catch (const ConfigError& error) {
      why = error.what();
    }
    const bool refused = why.find("another process is at work on it") != std::string::npos;
    ::_exit(refused && SweepDatabase(path, sweep, SweepAccess::read).rows().size() == 4 ? 0 : 1);
  }
  int status = -1;
  ::waitpid(other, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("other goals are taken over: rows stay unless constraints on resources or must_fit make them others") {
  const Scratch scratch;
  const std::string axes = "[axes]\n\"convolution.lanes\" = [1, 2, 3]\n";
  const auto with = [&axes](const std::string& goals) { return sweep_of(goals + axes); };
  const std::string path = (scratch / "it.sqlite").string();
  const auto narrow = with("constraints = [\"lut <= 0.5\"]\n");
  {
    SweepDatabase database(path, narrow, SweepAccess::make);
    for (std::size_t i = 0; i < 3; ++i) {
      SweepRow row = row_of(narrow, i);
      row.reason = reason_to_skip(narrow, row.point);
      if (!row.reason.empty()) row.figures.clear();
      database.add(row);
    }
  }
  const auto left = [&path](const SweepDefinition& sweep) {
    std::vector<std::size_t> numbers;
    for (const SweepRow& row : SweepDatabase(path, sweep, SweepAccess::resume).rows()) numbers.push_back(row.number);
    return numbers;
  };
  const std::vector<std::size_t> all{0, 1, 2}, simulated{0, 1}, least{0};
  CHECK(left(with("constraints = [\"lut <= 0.5 and fps >= 2\"]\nobjectives = [\"min lut\"]  # others\n")) == all);
  const auto wide = with("constraints = [\"lut <= 0.9\"]\n");
  CHECK_THAT(refusal(path, wide, SweepAccess::read), Contains("--resume brings it up to date"));
  CHECK(left(wide) == simulated);  // the third was skipped, and is to be simulated
  CHECK(refusal(path, wide, SweepAccess::read) == "accepted");
  CHECK(left(with("constraints = [\"lut <= 0.4\"]\n")) == least);  // the second was simulated, and is to be skipped
  CHECK_THAT(refusal(path, with("networks = [\"ERNs34\"]\n"), SweepAccess::resume), Contains("another sweep file"));
  CHECK(SweepDatabase(path, with("constraints = [\"lut <= 0.4\"]\n"), SweepAccess::read).rows().size() == 1);
}
