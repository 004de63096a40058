#include "output/new_folders.h"

#include <catch2/catch.hpp>

#include "config/user_error.h"
#include "output/output_file.h"
#include "tests/unit/output/scratch.h"

namespace fs = std::filesystem;
using namespace ernsim;
using ernsim::test::Scratch;

TEST_CASE("folders that were missing go away again unless they are kept") {
  const Scratch scratch;
  {
    NewFolders folders;
    folders.make(scratch.path / "a" / "b");
    folders.make(scratch.path / "a" / "c");
    CHECK(fs::is_directory(scratch.path / "a" / "b"));
    CHECK(fs::is_directory(scratch.path / "a" / "c"));
  }
  CHECK(scratch.empty());
  {
    NewFolders folders;
    folders.make(scratch.path / "a" / "b");
    folders.keep();
  }
  CHECK(fs::is_directory(scratch.path / "a" / "b"));
}

TEST_CASE("folders that were there stay, and so do those that something is in") {
  const Scratch scratch;
  fs::create_directory(scratch.path / "there");
  {
    NewFolders folders;
    folders.make(scratch.path / "there" / "new");
    folders.make(scratch.path / "full");
    OutputFile(scratch.path / "full" / "file").write("x");
  }
  CHECK(fs::is_empty(scratch.path / "there"));
  CHECK(fs::exists(scratch.path / "full" / "file"));
}

TEST_CASE("where a folder cannot be made nothing is left of those around it") {
  const Scratch scratch;
  OutputFile(scratch.path / "file").write("x");
  {
    NewFolders folders;
    folders.make(scratch.path / "a" / "b");
    CHECK_THROWS_AS(folders.make(scratch.path / "file" / "c" / "d"), UserError);
  }
  CHECK(scratch.entries() == 1);
}
