#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <iostream>

#include "tests/system/cli_program.h"
#include "tests/system/cli_refused.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

/// So many points, each of which takes a tenth of a second or more.
std::string slow_sweep(int points) {
  return "networks = [\"ERNs101\"]\n[axes]\n\"schedule.candidates\" = [1]\n\"accelerator.clock_mhz\" = { from = 100, "
         "to = 200, count = " +
         std::to_string(points) + " }\n";
}
const std::string quick_axes =
    "[axes]\n\"schedule.candidates\" = [1]\n\"convolution.lanes\" = [1, 2, 3]\n\"memory.weights_words\" = [64, "
    "1024]\n\"fpga.device\" = [\"K26\", "
    "\"ZU7EV\"]\n";

/// Starts `ernsim sweep it.toml --jobs 1` in the directory.
pid_t start_sweep(const Scratch& scratch) {
  const pid_t process = ::fork();
  if (process != 0) return process;
  const std::string err = (scratch / "err").string();
  if (::chdir(scratch.path().c_str()) == 0 && std::freopen(err.c_str(), "w", stderr) != nullptr)
    ::execl(ERNSIM_PROGRAM, "ernsim", "sweep", "it.toml", "--jobs", "1", "--csv", "/dev/null", nullptr);
  ::_exit(127);
}

/// The process of the point that is being simulated; 0 if there is none within ten seconds.
pid_t point_of(pid_t sweep) {
  for (int i = 0; i < 1000; ++i) {
    const auto children = contents("/proc/" + std::to_string(sweep) + "/task/" + std::to_string(sweep) + "/children");
    if (!children.empty()) return std::stoi(children);
    ::usleep(10'000);
  }
  return 0;
}

}  // namespace

TEST_CASE("a second sweep on a database at which one is at work is refused, and the first goes on") {
  const Scratch scratch;
  scratch.write("it.toml", slow_sweep(6));
  const pid_t first = start_sweep(scratch);
  REQUIRE(point_of(first) != 0);
  CHECK_THAT(refused("sweep it.toml --resume", scratch), Contains("another process is at work on it"));
  CHECK(::waitpid(first, nullptr, WNOHANG) == 0);
  ::kill(first, SIGKILL);
  ::waitpid(first, nullptr, 0);
  CHECK(program("sweep it.toml --resume", scratch).status == 0);  // free at once
  CHECK(rows_of(scratch / "it/sweep.sqlite").size() == 6);
}

TEST_CASE("a point whose process is ended from outside is missing, which is said, and simulated by --resume") {
  const Scratch scratch;
  scratch.write("it.toml", slow_sweep(4));
  const pid_t sweep = start_sweep(scratch);
  const pid_t point = point_of(sweep);
  REQUIRE(point != 0);
  ::kill(point, SIGTERM);
  int status = 0;
  ::waitpid(sweep, &status, 0);
  CHECK(WEXITSTATUS(status) == 1);
  const std::string err = contents(scratch / "err");
  CHECK_THAT(err, Contains("1 by SIGTERM") && Contains("--resume simulates them"));
  CHECK(std::count(err.begin(), err.end(), '\n') == 1);
  CHECK(rows_of(scratch / "it/sweep.sqlite").size() == 3);
  REQUIRE(program("sweep it.toml --resume", scratch).status == 0);
  REQUIRE(program("sweep it.toml --out alone", scratch).status == 0);
  CHECK(rows_of(scratch / "it/sweep.sqlite") == rows_of(scratch / "alone/sweep.sqlite"));
}

TEST_CASE("a sweep whose goals change goes on, and has the rows of one that had them from the beginning") {
  const Scratch scratch;
  const std::string head = "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n";
  std::vector<std::string> goals;
  for (const char* text : {"constraints = [\"lut <= 0.4\"]\n", "constraints = [\"lut <= 0.5 and fps >= 100\"]\n",
                           "must_fit = false\n", "constraints = [\"fps >= 10000\"]\nobjectives = [\"min lut\"]\n",
                           "constraints = [\"bram18 <= 0.5\"]\nmust_fit = false\n"})
    goals.push_back(head + text + quick_axes);
  for (std::size_t i = 0; i < goals.size(); ++i) {
    scratch.write("it.toml", goals[i]);
    REQUIRE(program("sweep it.toml --resume --json it.json", scratch).status == 0);
    const std::string alone = "alone" + std::to_string(i);
    REQUIRE(program("sweep it.toml --json alone.json --out " + alone, scratch).status == 0);
    CHECK(rows_of(scratch / "it/sweep.sqlite") == rows_of(scratch / alone / "sweep.sqlite"));
    const std::string meta = "SELECT * FROM meta ORDER BY key";
    CHECK(rows_of(scratch / "it/sweep.sqlite", meta) == rows_of(scratch / alone / "sweep.sqlite", meta));
    CHECK(contents(scratch / "it.json") == contents(scratch / "alone.json"));
  }
}

TEST_CASE("a merge takes shards whose goals differ in nothing that decides what is simulated, and no others") {
  const Scratch scratch;
  const std::string head = "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n";
  const auto write = [&](const std::string& goals) { scratch.write("it.toml", head + goals + quick_axes); };
  write("constraints = [\"lut <= 0.5\"]\n");
  for (const char* shard : {"0/2", "1/2"})
    REQUIRE(program("sweep it.toml --resume --shard " + std::string(shard), scratch).status == 0);
  write("constraints = [\"lut <= 0.5 and fps >= 1\"]\nobjectives = [\"min lut\"]\n");
  REQUIRE(program("sweep it.toml --merge", scratch).status == 0);
  write("constraints = [\"lut <= 0.4\"]\n");
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("--resume brings it up to date"));
  for (const char* shard : {"0/2", "1/2"})
    REQUIRE(program("sweep it.toml --resume --shard " + std::string(shard), scratch).status == 0);
  REQUIRE(program("sweep it.toml --merge", scratch).status == 0);
  REQUIRE(program("sweep it.toml --out alone", scratch).status == 0);
  CHECK(rows_of(scratch / "it/sweep.sqlite") == rows_of(scratch / "alone/sweep.sqlite"));
}

TEST_CASE("a merge with an empty shard names it and leaves it empty") {
  const Scratch scratch;
  scratch.write("it.toml", "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n" + quick_axes);
  REQUIRE(program("sweep it.toml --resume --shard 0/2", scratch).status == 0);
  const std::string other = contents(scratch / "it/shard-0-of-2.sqlite");
  scratch.write("it/shard-1-of-2.sqlite", "");
  CHECK_THAT(refused("sweep it.toml --merge", scratch), Contains("it: shard 1/2 lacks 6 of 6 points"));
  CHECK(contents(scratch / "it/shard-1-of-2.sqlite").empty());
  CHECK(contents(scratch / "it/shard-0-of-2.sqlite") == other);
  CHECK_FALSE(fs::exists(scratch / "it/sweep.sqlite"));
}

TEST_CASE("a database that cannot be written is shown if it is complete, and refused before anything runs if not") {
  const Scratch scratch;
  scratch.write("it.toml", "networks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n" + quick_axes);
  REQUIRE(program("sweep it.toml", scratch).status == 0);
  REQUIRE(program("sweep it.toml --out part", scratch).status == 0);
  rows_of(scratch / "part/sweep.sqlite", "DELETE FROM points WHERE number = 3");
  for (const char* path : {"it/sweep.sqlite", "part/sweep.sqlite", "it", "part"})
    fs::permissions(scratch / path,
                    fs::perms::all & ~(fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write));
  fs::permissions(scratch.path(), fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                      fs::perms::others_read | fs::perms::others_exec);
  const std::string nobody = ::geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : "";
  if (std::system((nobody + "test -x " ERNSIM_PROGRAM " 2>/dev/null").c_str()) != 0) {
    std::cout << "skipped: no user who may not write\n";
    return;
  }
  const auto status = [&](const std::string& out) {
    const std::string command = "cd '" + scratch.path().string() + "' && " + nobody + ERNSIM_PROGRAM +
                                " sweep it.toml --resume --out " + out + " >/dev/null 2>'" +
                                (scratch / "err").string() + "'";
    const int raw = std::system(command.c_str());
    return WEXITSTATUS(raw);
  };
  CHECK(status("it") == 0);
  CHECK(status("part") == 2);
  CHECK_THAT(contents(scratch / "err"), Contains("part/sweep.sqlite: lacks points and cannot be written"));
  for (const char* path : {"it", "part"}) fs::permissions(scratch / path, fs::perms::owner_all);
}

TEST_CASE("outputs that would replace what a sweep reads or writes are refused, and so is a directory to read") {
  const Scratch scratch;
  scratch.write("it.toml", "platform = \"mine.toml\"\nnetworks = [\"ERNs18x075\"]\ninput_sizes = [\"32x32\"]\n");
  scratch.write("mine.toml", "name = \"mine\"\n");
  for (const char* file : {"it.toml", "./it.toml", "mine.toml", "it/sweep.sqlite", "it/../it/sweep.sqlite"})
    for (const char* option : {"--csv ", "--json "})
      CHECK_THAT(refused("sweep it.toml " + (option + std::string(file)), scratch), Contains("another name is needed"));
  CHECK_THAT(refused("sweep it.toml --csv all --json ./all", scratch), Contains("what --csv writes"));
  CHECK_THAT(refused("sweep it.toml --shard 0/1 --csv it/shard-0-of-1.sqlite", scratch), Contains("a shard"));
  CHECK_THAT(refused("sweep .", scratch), Contains(".: is a directory; a sweep file is needed"));
}
