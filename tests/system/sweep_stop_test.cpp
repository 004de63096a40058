#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/cli_program.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// So many points, each of which takes a tenth of a second or more.
std::string slow_sweep(int points) {
  return "networks = [\"ERNs101\"]\n[axes]\n\"schedule.candidates\" = [1]\n\"accelerator.clock_mhz\" = { from = 100, "
         "to = 200, count = " +
         std::to_string(points) + " }\n";
}

/// Starts `ernsim sweep it.toml` with more words in the directory; `ignore`: a signal that it is to ignore.
pid_t start_sweep(const Scratch& scratch, std::vector<std::string> more, int ignore = 0) {
  const pid_t process = ::fork();
  if (process != 0) return process;
  if (ignore != 0) ::signal(ignore, SIG_IGN);
  std::vector<std::string> words{"ernsim", "sweep", "it.toml", "--jobs", "1"};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const bool there = ::chdir(scratch.path().c_str()) == 0 && std::freopen("err", "w", stderr) != nullptr &&
                     std::freopen("out", "w", stdout) != nullptr;
  if (there) ::execv(ERNSIM_PROGRAM, arguments.data());
  ::_exit(127);
}

std::size_t rows_in(const fs::path& path) try { return rows_of(path).size(); } catch (const std::exception&) {
  return 0;
}

/// Waits until the database has so many points or the process has ended.
void wait_for_rows(const fs::path& path, std::size_t count) {
  for (int i = 0; i < 3000 && rows_in(path) < count; ++i) ::usleep(10'000);
}

/// How a process ended: the signal.
int signal_of(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

nlohmann::json report_of(const Scratch& scratch, const std::string& what) {
  const auto ended = program("report " + what + " --json report.json", scratch);
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(contents(scratch / "report.json"));
}

}  // namespace

TEST_CASE("a sweep that is interrupted says in one line what is kept and how to go on, which goes on") {
  const Scratch scratch;
  scratch.write("it.toml", slow_sweep(6));
  std::vector<std::string> more{};
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const std::size_t before = rows_in(scratch / "it/sweep.sqlite");
    const pid_t sweep = start_sweep(scratch, more);
    wait_for_rows(scratch / "it/sweep.sqlite", before + 1);
    ::kill(sweep, signal);
    CHECK(signal_of(sweep) == signal);
    const std::string err = contents(scratch / "err");
    INFO(err);
    const std::size_t rows = rows_in(scratch / "it/sweep.sqlite");
    CHECK(std::count(err.begin(), err.end(), '\n') == 1);
    CHECK_THAT(err, Contains("stopped by SIG") && Contains("keeps " + std::to_string(rows) + " of 6 points"));
    CHECK_THAT(err, Contains("to go on: ernsim sweep it.toml --out it --resume --jobs 1\n"));
    CHECK(contents(scratch / "out").empty());
    CHECK(report_of(scratch, "it")["state"]["missing"] == 6 - rows);
    more = {"--resume"};
  }
  REQUIRE(program("sweep it.toml --out it --resume --jobs 1", scratch).status == 0);
  REQUIRE(program("sweep it.toml --out alone", scratch).status == 0);
  CHECK(rows_of(scratch / "it/sweep.sqlite") == rows_of(scratch / "alone/sweep.sqlite"));
  CHECK(report_of(scratch, "it")["state"]["sentences"].empty());
  CHECK(fs::exists(scratch / "it/sweep.sqlite-journal") == false);
}

TEST_CASE("a signal that a sweep's parent had it ignore does not stop it") {
  const Scratch scratch;
  scratch.write("it.toml", slow_sweep(3));
  const pid_t sweep = start_sweep(scratch, {}, SIGHUP);
  wait_for_rows(scratch / "it/sweep.sqlite", 1);
  ::kill(sweep, SIGHUP);
  CHECK(signal_of(sweep) == 0);
  CHECK(rows_of(scratch / "it/sweep.sqlite").size() == 3);
}

TEST_CASE("a report of a sweep at work says so first; of one that was killed, how to go on; of a shard, whose it is") {
  const Scratch scratch;
  scratch.write("it.toml", slow_sweep(8));
  const pid_t sweep = start_sweep(scratch, {"--shard", "1/2"});
  const fs::path database = scratch / "it/shard-1-of-2.sqlite";
  wait_for_rows(database, 1);
  const auto at_work = report_of(scratch, "it/shard-1-of-2.sqlite")["state"];
  ::kill(sweep, SIGKILL);
  CHECK(signal_of(sweep) == SIGKILL);
  CHECK(at_work["at_work"] == true);
  CHECK(at_work["planned"] == 4);
  CHECK_THAT(at_work["sentences"][0].get<std::string>(), Contains("of 4 points are missing"));
  CHECK_THAT(at_work["sentences"][1].get<std::string>(), Contains("A process is simulating them now"));
  nlohmann::json killed = at_work;  // its own processes, which share its lock, end a moment later
  for (int i = 0; i < 100 && killed.value("at_work", true); ++i, ::usleep(10'000))
    killed = report_of(scratch, "it/shard-1-of-2.sqlite")["state"];
  const std::size_t rows = rows_in(database);
  CHECK(killed["missing"] == 4 - rows);
  CHECK_THAT(killed["sentences"][0].get<std::string>(),
             StartsWith(std::to_string(4 - rows) + " of 4 points are missing"));
  CHECK(killed["sentences"][1] == "To go on: ernsim sweep it.toml --out it --shard 1/2 --resume");
  CHECK_THAT(killed["sentences"][2].get<std::string>(), Contains("shard 1/2 of the sweep's 8 points"));
  const auto none = program("report it --json none.json", scratch);
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Contains("it/sweep.sqlite: does not exist") && Contains("shard-1-of-2.sqlite"));
}

TEST_CASE("points that are missing are said first in what a sweep prints, and in its JSON") {
  const Scratch scratch;
  scratch.write("it.toml",
                "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"schedule.candidates\" = "
                "[1]\n\"convolution.lanes\" = [1, 2]\n");
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  rows_of(scratch / "it/sweep.sqlite", "DELETE FROM points WHERE number = 1");
  const auto report = report_of(scratch, "it");
  const std::string text = contents(scratch / "report.json");
  CHECK(text.find("\"state\"") < text.find("\"points\""));
  CHECK(report["state"]["missing"] == 1);
  CHECK(report["state"]["sentences"][0] == "1 of 2 points are missing; all that follows is of one point alone.");
}

TEST_CASE("a report of a sweep whose process was killed in the midst of writing shows what is complete") {
  const Scratch scratch;
  scratch.write("it.toml",
                "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n[axes]\n\"schedule.candidates\" = "
                "[1]\n\"convolution.lanes\" = [1, 2]\n");
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  const pid_t writer = ::fork();
  if (writer == 0) {
    sqlite3* database = nullptr;
    sqlite3_open((scratch / "it/sweep.sqlite").c_str(), &database);
    // A cache too small for the change makes SQLite write into the file before the end of the transaction.
    sqlite3_exec(
        database,
        "PRAGMA cache_size = 1; BEGIN; CREATE TABLE filler (text); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO filler SELECT hex(randomblob(500)) FROM n; DELETE FROM "
        "points",
        nullptr, nullptr, nullptr);
    ::kill(::getpid(), SIGKILL);
  }
  CHECK(signal_of(writer) == SIGKILL);
  REQUIRE(fs::exists(scratch / "it/sweep.sqlite-journal"));
  CHECK(report_of(scratch, "it")["state"]["finished"] == 2);
}
