#include "tools/output_file.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tools/user_error.h"

namespace fs = std::filesystem;
using namespace ernsim::tools;

namespace {

/// An empty directory that goes away with the test.
struct Scratch {
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "ernsim_output_XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Scratch() { fs::remove_all(path); }
  bool empty() const { return fs::is_empty(path); }
  fs::path path;
};

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t entries(const fs::path& path) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file appears with its contents and nothing beside it") {
  const Scratch scratch;
  const OutputFile file((scratch.path / "run.json").string());
  CHECK(scratch.empty());
  file.write("first");
  file.write("second");
  CHECK(contents(scratch.path / "run.json") == "second");
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("a symbolic link is followed, not replaced") {
  const Scratch scratch;
  OutputFile(scratch.path / "real").write("old");
  fs::create_symlink(scratch.path / "real", scratch.path / "link");
  OutputFile(scratch.path / "link").write("new");
  CHECK(fs::is_symlink(scratch.path / "link"));
  CHECK(contents(scratch.path / "real") == "new");
}

TEST_CASE("a device is written to, not replaced") {
  OutputFile("/dev/null").write("gone");
  CHECK_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_CASE("a directory, a missing folder and no name are refused before anything is written") {
  const Scratch scratch;
  CHECK_THROWS_AS(OutputFile(scratch.path), UserError);
  CHECK_THROWS_AS(OutputFile(scratch.path / "missing" / "run.json"), UserError);
  CHECK_THROWS_AS(OutputFile(""), UserError);
  CHECK_THROWS_AS(OutputDirectory(scratch.path / "missing" / "dump"), UserError);
  CHECK_THROWS_AS(OutputDirectory(""), UserError);
  CHECK(scratch.empty());
}

TEST_CASE("a directory appears when it is complete") {
  const Scratch scratch;
  OutputDirectory directory(scratch.path / "dump/");
  directory.write("a.npy", "a");
  CHECK_FALSE(fs::exists(scratch.path / "dump"));
  directory.commit();
  CHECK(contents(scratch.path / "dump" / "a.npy") == "a");
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("files in a directory that exists are replaced by name and the others stay") {
  const Scratch scratch;
  OutputFile(scratch.path / "a.npy").write("old");
  OutputFile(scratch.path / "other").write("other");
  OutputDirectory directory(scratch.path);
  directory.write("a.npy", "new");
  directory.commit();
  CHECK(contents(scratch.path / "a.npy") == "new");
  CHECK(entries(scratch.path) == 2);
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
