#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/system/cli_program.h"
#include "tests/system/sweep_rows.h"

using namespace ernsim::cli;

namespace {

/// A process in a group of its own, which its own processes join.
pid_t start_sweep(const fs::path& directory) {
  const pid_t process = ::fork();
  if (process != 0) {
    ::setpgid(process, process);
    return process;
  }
  ::setpgid(0, 0);
  if (::chdir(directory.c_str()) == 0)
    ::execl(ERNSIM_PROGRAM, "ernsim", "sweep", "it.toml", "--out", "killed", "--resume", "--jobs", "2", "--csv",
            "/dev/null", nullptr);
  ::_exit(127);
}

/// Whether the signal ended it; if not it had ended by itself.
bool kill_group(pid_t process) {
  ::kill(-process, SIGKILL);
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFSIGNALED(status);
}

std::size_t points_in(const fs::path& path) try { return rows_of(path).size(); } catch (const std::exception&) {
  return 0;
}

}  // namespace

TEST_CASE("a sweep whose processes are all killed at 20 random moments ends with the rows of one left alone") {
  const Scratch scratch;
  scratch.write("it.toml",
                "networks = [\"ERNs18\", \"ERNs34\"]\ninput_sizes = [\"128x128\"]\n[axes]\n\"schedule.candidates\" = "
                "[1]\n\"convolution.lanes\" = [1, 2, 3]\n"
                "\"accelerator.clock_mhz\" = { from = 100, to = 300, count = 10 }\n");
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(program("sweep it.toml --out alone --jobs 2", scratch).status == 0);
  const std::chrono::duration<double, std::micro> whole_us = std::chrono::steady_clock::now() - begin;
  std::mt19937 random(20);
  std::uniform_real_distribution<> moment_us(0, whole_us.count() / 10);
  int killed = 0;
  std::size_t in_the_midst = 0;
  while (killed < 20) {
    const pid_t process = start_sweep(scratch.path());
    ::usleep(static_cast<useconds_t>(moment_us(random)));
    if (!kill_group(process)) break;  // all points are finished
    ++killed;
    const std::size_t points = points_in(scratch / "killed/sweep.sqlite");
    in_the_midst += points > 0 && points < 60 ? 1 : 0;
  }
  CHECK(in_the_midst > 0);
  REQUIRE(program("sweep it.toml --out killed --resume", scratch).status == 0);
  const auto alone = rows_of(scratch / "alone/sweep.sqlite");
  CHECK(alone.size() == 60);
  CHECK(rows_of(scratch / "killed/sweep.sqlite") == alone);
}
