#include "output/output_directory.h"

#include <catch2/catch.hpp>

#include "config/user_error.h"
#include "output/output_file.h"
#include "tests/unit/output/scratch.h"

namespace fs = std::filesystem;
using namespace ernsim;
using ernsim::test::contents;
using ernsim::test::Scratch;

TEST_CASE("a directory appears when it is complete") {
  const Scratch scratch;
  OutputDirectory directory(scratch.path / "dump/");
  directory.write("a.npy", "a");
  CHECK_FALSE(fs::exists(scratch.path / "dump"));
  directory.commit();
  CHECK(contents(scratch.path / "dump" / "a.npy") == "a");
  CHECK(scratch.entries() == 1);
}

TEST_CASE("files in a directory that exists are replaced by name and the others stay") {
  const Scratch scratch;
  OutputFile(scratch.path / "a.npy").write("old");
  OutputFile(scratch.path / "other").write("other");
  OutputDirectory directory(scratch.path);
  directory.write("a.npy", "new");
  directory.commit();
  CHECK(contents(scratch.path / "a.npy") == "new");
  CHECK(scratch.entries() == 2);
}

TEST_CASE("a directory that is not committed leaves nothing behind") {
  const Scratch scratch;
  OutputDirectory(scratch.path / "dump").write("a.npy", "a");
  CHECK(scratch.empty());
}

TEST_CASE("a file is no output directory") {
  const Scratch scratch;
  OutputFile(scratch.path / "file").write("x");
  CHECK_THROWS_AS(OutputDirectory(scratch.path / "file"), UserError);
}

TEST_CASE("a missing folder and no name are refused before anything is written") {
  const Scratch scratch;
  CHECK_THROWS_AS(OutputDirectory(scratch.path / "missing" / "dump"), UserError);
  CHECK_THROWS_AS(OutputDirectory(""), UserError);
  CHECK(scratch.empty());
}

TEST_CASE("a directory takes no name that leads out of it") {
  const Scratch scratch;
  OutputDirectory directory(scratch.path / "dump");
  for (const char* name : {"../a", "/a", "b/a", "..", ".", ".a", ""})
    CHECK_THROWS_AS(directory.write(name, "x"), std::logic_error);
  CHECK(scratch.empty());
}

TEST_CASE("a link out of a directory is not followed and a link inside is") {
  const Scratch scratch, elsewhere;
  OutputFile(elsewhere.path / "victim").write("mine");
  fs::create_symlink(elsewhere.path / "victim", scratch.path / "a");
  fs::create_symlink("real", scratch.path / "b");
  for (const char* name : {"b", "a"}) {
    OutputDirectory directory(scratch.path);
    directory.write(name, "new");
    if (*name == 'a')
      CHECK_THROWS_AS(directory.commit(), std::runtime_error);
    else
      directory.commit();
  }
  CHECK(contents(elsewhere.path / "victim") == "mine");
  CHECK(contents(scratch.path / "real") == "new");
  CHECK(scratch.entries() == 3);
}

TEST_CASE("whether all files can take their places is known before any does") {
  const Scratch scratch;
  fs::create_directory(scratch.path / "b");
  OutputDirectory directory(scratch.path), fresh(scratch.path / "fresh");
  for (OutputDirectory* each : {&directory, &fresh}) each->write("a", "new");
  CHECK_NOTHROW(directory.check());
  CHECK_NOTHROW(fresh.check());
  directory.write("b", "new");
  CHECK_THROWS_AS(directory.check(), UserError);
  CHECK_FALSE(fs::exists(scratch.path / "a"));
}

TEST_CASE("a file that cannot take its place keeps all the others from theirs") {
  const Scratch scratch;
  fs::create_directory(scratch.path / "b");
  {
    OutputDirectory directory(scratch.path);
    directory.write("a", "new");
    directory.write("b", "new");
    CHECK_THROWS_AS(directory.commit(), UserError);
  }
  CHECK(scratch.entries() == 1);
}
