#include "tools/exit_status.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <stdexcept>
#include <systemc>

#include "config/user_error.h"
#include "output/message.h"
#include "tools/commands.h"

using namespace ernsim;

namespace {

struct Ended {
  int status;
  std::string err;
};

/// The exit status, and what came to standard error meanwhile.
Ended ended(const std::function<int()>& work) {
  const auto path = std::filesystem::temp_directory_path() / ("ernsim_status_" + std::to_string(::getpid()));
  std::fflush(stderr);
  const int before = ::dup(STDERR_FILENO), file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  ::dup2(file, STDERR_FILENO);
  const int status = tools::exit_status_of(work);
  std::fflush(stderr);
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  ::close(file);
  std::ifstream in(path);
  const std::string err{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return {status, err};
}

template <class Thrown>
Ended thrown(const Thrown& what) {
  return ended([&]() -> int { throw what; });
}

}  // namespace

TEST_CASE("a user's mistake ends with 2, a fault with 1, and either is one line") {
  CHECK(thrown(UserError("no such file")).status == 2);
  CHECK(thrown(std::runtime_error("a breach of protocol")).status == 1);
  CHECK(thrown(std::logic_error("a tile lies outside")).status == 1);
  CHECK(thrown(std::bad_alloc()).status == 1);
  CHECK(thrown(std::out_of_range("map::at")).status == 1);
  CHECK(thrown(7).status == 1);
  const auto of_file = [](std::errc code) {
    return thrown(std::filesystem::filesystem_error("cannot", "out.html", std::make_error_code(code)));
  };
  CHECK(of_file(std::errc::no_such_file_or_directory).status == 2);
  CHECK(of_file(std::errc::no_such_file_or_directory).err == "ernsim: out.html: No such file or directory\n");
  CHECK(of_file(std::errc::no_space_on_device).status == 1);
  CHECK(thrown(UserError("two\nlines")).err == "ernsim: two lines\n");
  CHECK(thrown(std::runtime_error("two\nlines")).err == "ernsim: two lines\n");
}

TEST_CASE("a note and a warning are one line too, whatever names they hold") {
  const auto said = ended([] {
    note("a\nb\x1b[2J.gtkw");
    warn("c\rd");
    return 0;
  });
  CHECK(said.err == "ernsim: note: a b [2J.gtkw\nernsim: c d\n");
}

TEST_CASE("what a model reports to SystemC is a fault, without where in SystemC it was noticed") {
  const auto reported = ended([]() -> int {
    SC_REPORT_ERROR("ernsim", "a burst that nobody asked for");
    return 0;
  });
  CHECK(reported.status == 1);
  CHECK(reported.err.find(".cpp") == std::string::npos);
}

TEST_CASE("what a command returns is the exit status") {
  CHECK(ended([] { return 0; }).status == 0);
  CHECK(ended([] { return 1; }).status == 1);
}

TEST_CASE("every command ends with 2 for an option that it has not") {
  for (const auto& command : tools::commands()) {
    const auto refused = ended([&command] { return command.run({"--no-such-option"}); });
    INFO(command.name << ": " << refused.err);
    CHECK(refused.status == 2);
    CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
  }
}
