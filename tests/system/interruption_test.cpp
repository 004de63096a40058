#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <random>
#include <thread>

#include "tests/system/cli_program.h"

// A signal at any moment of any command that writes leaves nothing but complete outputs, and one line that says so.

using namespace ernsim::cli;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

using Clock = std::chrono::steady_clock;

/// The program in a directory, with its temporary directory in the same place.
class Started {
 public:
  Started(const std::string& arguments, const Scratch& directory, const Scratch& streams) : streams_(streams) {
    const std::string command = "exec '" ERNSIM_PROGRAM "' " + arguments;
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);  // none finds the handlers of the test in the child
    process_ = ::fork();
    if (process_ != 0) {
      ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
      return;
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::signal(signal, SIG_DFL);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::setenv("TMPDIR", directory.path().c_str(), 1);
    const int out = ::open((streams / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err = ::open((streams / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (::dup2(out, 1) == 1 && ::dup2(err, 2) == 2 && ::chdir(directory.path().c_str()) == 0)
      ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }

  void send(int signal) const { ::kill(process_, signal); }
  bool runs() const {
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
  }
  /// The signal that ended it; 0 if it ended by itself.
  int ended() const {
    int status = 0;
    ::waitpid(process_, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }
  std::string err() const { return contents(streams_ / "err"); }

 private:
  const Scratch& streams_;
  pid_t process_ = -1;
};

bool has_temporary(const Scratch& directory) {
  const auto names = directory.names();
  return std::any_of(names.begin(), names.end(), [](const std::string& name) { return name[0] == '.'; });
}

/// Ends the command at a random moment; returns whether the signal did it. `outputs` are all that may be there.
bool interrupted(const std::string& arguments, const std::vector<std::string>& outputs, int signal,
                 std::chrono::microseconds after) {
  const Scratch directory, streams;
  const Started process(arguments, directory, streams);
  std::this_thread::sleep_for(after);
  process.send(signal);
  const int by = process.ended();
  INFO(arguments << " " << signal << " after " << after.count() << " us: " << process.err());
  for (const auto& name : directory.names()) CHECK(std::count(outputs.begin(), outputs.end(), name) == 1);
  if (by == 0) return false;
  CHECK(by == signal);
  if (process.err().empty()) return true;  // it had not begun
  CHECK_THAT(process.err(), StartsWith("ernsim: ended by SIG"));
  const std::string err = process.err();
  CHECK(std::count(err.begin(), err.end(), '\n') == 1);
  return true;
}

/// Over the time that the command takes.
void interrupt_often(const std::string& arguments, const std::vector<std::string>& outputs) {
  const auto begin = Clock::now();
  REQUIRE(program(arguments).status == 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  std::mt19937 random(18);
  std::uniform_real_distribution<> share(0, 1.1);
  int count = 0;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGTERM})
    count +=
        interrupted(arguments, outputs, signal,
                    std::chrono::microseconds(static_cast<long>(share(random) * static_cast<double>(whole.count()))))
            ? 1
            : 0;
  CHECK(count > 0);
}

const std::string quick = "--network ERNs18x075 --input-size 64x64 ";

}  // namespace

TEST_CASE("an interrupted trace leaves nothing, wherever it was") {
  interrupt_often("trace " + quick + "--cycles :20000 --out t --vcd w --fst f --perfetto p",
                  {"t", "w", "w.gtkw", "f", "f.gtkw", "p"});
}

TEST_CASE("an interrupted run leaves nothing, wherever it was") {
  interrupt_often("run " + quick + "--json j --csv c --save-schedule s --dump-tensors d", {"j", "c", "s", "d"});
}

TEST_CASE("interrupted vectors leave nothing, wherever they were") {
  interrupt_often("vectors " + quick + "--layer backbone.layer1.0.conv1 --out v", {"v"});
}

TEST_CASE("an interrupted manual leaves all of its files or nothing") {
  const auto begin = Clock::now();
  REQUIRE(program("manual --out m").status == 0);
  const auto step = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin) / 16;
  int by_signal = 0;
  for (int i = 0; i < 16; ++i) {
    const Scratch directory, streams;
    const Started process("manual --out m/share", directory, streams);
    std::this_thread::sleep_for(i * step);
    process.send(SIGTERM);
    by_signal += process.ended() == SIGTERM ? 1 : 0;
    if (directory.names().empty()) continue;
    for (const char* file : {"man/man1/ernsim.1", "bash-completion/completions/ernsim", "zsh/site-functions/_ernsim"})
      CHECK(fs::exists(directory.path() / "m/share" / file));
  }
  CHECK(by_signal > 0);
}

TEST_CASE("a trace interrupted while it writes says what is not written and ends by the signal") {
  const Scratch directory, streams;
  const Started process("trace --network ERNs18 --out t --perfetto p", directory, streams);
  while (process.runs() && !has_temporary(directory)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.send(SIGTERM);
  CHECK(process.ended() == SIGTERM);
  CHECK(directory.names().empty());
  CHECK(process.err() == "ernsim: ended by SIGTERM: not written: t, p\n");
}

TEST_CASE("a file that an interrupted command was to replace stays as it was") {
  const Scratch directory, streams;
  directory.write("t", "mine");
  const Started process("trace --network ERNs18 --out t", directory, streams);
  while (process.runs() && !has_temporary(directory)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.send(SIGINT);
  CHECK(process.ended() == SIGINT);
  CHECK(directory.names() == std::vector<std::string>{"t"});
  CHECK(contents(directory / "t") == "mine");
}

TEST_CASE("a signal that was ignored stays ignored") {
  const Scratch directory;
  const std::string trace = "'" ERNSIM_PROGRAM "' trace " + quick + "--out t";
  CHECK(program("--version; trap '' HUP; " + trace + " & sleep 0.05; kill -HUP $!; wait $!", directory).status == 0);
  CHECK(directory.names() == std::vector<std::string>{"t"});
}

TEST_CASE("a full disk ends a trace with one line, and nothing stays") {
  const Scratch limited;
  const auto full = program(
      "networks >/dev/null; ulimit -f 100; exec '" ERNSIM_PROGRAM "' trace " + quick + "--out t --vcd w", limited);
  CHECK(full.status == 1);
  CHECK_THAT(full.err, Contains("t: cannot be written: File too large"));
  CHECK(std::count(full.err.begin(), full.err.end(), '\n') == 1);
  CHECK(limited.names().empty());
}

TEST_CASE("devices, pipes and links stay what they are and get a trace, its waveforms and its timeline") {
  const Scratch plain, other;
  const std::string arguments = "trace " + quick + "--units store --out t --vcd w --perfetto p";
  REQUIRE(program(arguments, plain).status == 0);
  REQUIRE(program("networks >/dev/null; mkfifo t w; ln -s real p; cat t >t.read & cat w >w.read & '" ERNSIM_PROGRAM
                  "' " +
                      arguments + "; wait",
                  other)
              .status == 0);
  CHECK(fs::is_fifo(other / "t"));
  CHECK(contents(other / "t.read") == contents(plain / "t"));
  CHECK(contents(other / "w.read") == contents(plain / "w"));
  CHECK(fs::is_symlink(other / "p"));
  CHECK(contents(other / "real") == contents(plain / "p"));
}

TEST_CASE("a full device ends each command with one line and status 1") {
  for (const std::string& arguments :
       {"run " + quick + "--json /dev/full", "trace " + quick + "--units store --out /dev/full",
        "run " + quick + "--data off --save-schedule /dev/full",
        std::string("--version >/dev/null; ('" ERNSIM_PROGRAM "' networks >/dev/full)")}) {
    const auto ended = program(arguments);
    INFO(arguments << ended.err);
    CHECK(ended.status == 1);
    CHECK_THAT(ended.err, Contains("cannot be written: No space left on device"));
  }
}
