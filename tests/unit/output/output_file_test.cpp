#include "output/output_file.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <future>

#include "config/user_error.h"
#include "output/staged_file.h"
#include "tests/unit/output/scratch.h"

namespace fs = std::filesystem;
using namespace ernsim;
using ernsim::test::contents;
using ernsim::test::Scratch;

TEST_CASE("a file appears with its contents and nothing beside it") {
  const Scratch scratch;
  const OutputFile file((scratch.path / "run.json").string());
  CHECK(scratch.empty());
  file.write("first");
  file.write("second");
  CHECK(contents(scratch.path / "run.json") == "second");
  CHECK(scratch.entries() == 1);
}

TEST_CASE("a symbolic link is followed, not replaced") {
  const Scratch scratch;
  OutputFile(scratch.path / "real").write("old");
  fs::create_symlink(scratch.path / "real", scratch.path / "link");
  OutputFile(scratch.path / "link").write("new");
  CHECK(fs::is_symlink(scratch.path / "link"));
  CHECK(contents(scratch.path / "real") == "new");
}

TEST_CASE("a link to a file that is not there yet makes that file") {
  const Scratch scratch;
  fs::create_symlink("real", scratch.path / "link");
  OutputFile(scratch.path / "link").write("new");
  CHECK(fs::is_symlink(scratch.path / "link"));
  CHECK(contents(scratch.path / "real") == "new");
}

TEST_CASE("links that lead to each other are refused") {
  const Scratch scratch;
  fs::create_symlink("b", scratch.path / "a");
  fs::create_symlink("a", scratch.path / "b");
  CHECK_THROWS_AS(OutputFile(scratch.path / "a"), UserError);
}

TEST_CASE("a device is written to, not replaced") {
  OutputFile("/dev/null").write("gone");
  CHECK_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_CASE("a pipe is written to, whole or piece by piece, and stays a pipe") {
  const Scratch scratch;
  const std::string pipe = (scratch.path / "pipe").string();
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const bool staged : {false, true}) {
    auto read = std::async(std::launch::async, [&pipe] { return contents(pipe); });
    const std::string long_text(200'000, 'x');
    if (staged) {
      StagedFile file(pipe);
      file.stream() << long_text;
      file.commit();
    } else {
      OutputFile(pipe).write(long_text);
    }
    CHECK(read.get() == long_text);
    CHECK(fs::is_fifo(pipe));
  }
}

TEST_CASE("a staged file follows a link, and nothing is there before it is committed") {
  const Scratch scratch;
  fs::create_symlink("real", scratch.path / "link");
  {
    StagedFile file((scratch.path / "link").string());
    file.stream() << "new";
    CHECK_FALSE(fs::exists(scratch.path / "real"));
    file.commit();
  }
  CHECK(fs::is_symlink(scratch.path / "link"));
  CHECK(contents(scratch.path / "real") == "new");
  CHECK(scratch.entries() == 2);
}

TEST_CASE("two outputs cannot go to one file, whatever they call it") {
  const Scratch scratch;
  fs::create_symlink("a", scratch.path / "link");
  const OutputFile file(scratch.path / "a");
  CHECK_THROWS_AS(OutputFile(scratch.path / "." / "a"), UserError);
  CHECK_THROWS_AS(OutputFile(scratch.path / "link"), UserError);
}

TEST_CASE("a file that is replaced keeps its permissions") {
  const Scratch scratch;
  OutputFile(scratch.path / "a").write("old");
  fs::permissions(scratch.path / "a", fs::perms::owner_read | fs::perms::owner_write);
  OutputFile(scratch.path / "a").write("new");
  CHECK(fs::status(scratch.path / "a").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a name as long as the file system allows is written") {
  const Scratch scratch;
  const std::string name(255, 'n');
  OutputFile(scratch.path / name).write("x");
  CHECK(contents(scratch.path / name) == "x");
}

TEST_CASE("what cannot be written says why, in either way of writing") {
  CHECK_THROWS_WITH(OutputFile("/dev/full").write("x"), "/dev/full: cannot be written: No space left on device");
  StagedFile file("/dev/full");
  file.stream() << "x";
  CHECK_THROWS_WITH(file.commit(), "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("a directory, a missing folder and no name are refused before anything is written") {
  const Scratch scratch;
  CHECK_THROWS_AS(OutputFile(scratch.path), UserError);
  CHECK_THROWS_AS(OutputFile(scratch.path / "missing" / "run.json"), UserError);
  CHECK_THROWS_AS(OutputFile(""), UserError);
  CHECK(scratch.empty());
}
