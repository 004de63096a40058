#include "report/browser.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "config/user_error.h"

using namespace ernsim;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::minutes long_enough{1};

/// A folder in which temporary files are made and programs looked for.
struct Place {
  Place() {
    fs::create_directories(folder / "tmp");
    ::setenv("TMPDIR", (folder / "tmp").c_str(), 1);
  }
  ~Place() {
    ::unsetenv("TMPDIR");
    fs::remove_all(folder);
  }
  /// A program in the place of a browser; $pdf is the file that it is to print into.
  fs::path browser(const std::string& script) const {
    const fs::path path = folder / "chromium";
    std::ofstream(path)
        << "#!/bin/sh\nfor word; do case $word in --print-to-pdf=*) pdf=${word#*=};; file://*) page=${word#file://};; "
           "esac; done\n"
        << script << "\n";
    ::chmod(path.c_str(), 0755);
    return path;
  }
  bool left_nothing() const { return fs::is_empty(folder / "tmp"); }

  fs::path folder = fs::temp_directory_path() / ("ernsim_browser_test_" + std::to_string(::getpid()));
};

}  // namespace

TEST_CASE("what the browser prints is what is given back, and nothing stays behind") {
  const Place place;
  const auto browser = place.browser("{ printf '%%PDF-1.4\\n'; cat \"$page\"; printf '\\n%%%%EOF\\n'; } >\"$pdf\"");
  CHECK(printed("a page", browser, long_enough) == "%PDF-1.4\na page\n%%EOF\n");
  CHECK(place.left_nothing());
}

TEST_CASE("a browser that fails, or prints no whole file, is an error") {
  const Place place;
  for (const char* script :
       {"exit 3", "exit 0", "printf '%%PDF-1.4 cut' >\"$pdf\"", "printf '%%PDF-1.4\\n%%%%EOF\\n' >\"$pdf\"; exit 1"})
    CHECK_THROWS_WITH(printed("a page", place.browser(script), long_enough), Contains("cannot print the page"));
  CHECK(place.left_nothing());
}

TEST_CASE("a browser that hangs is ended with all that it has started") {
  const Place place;
  const fs::path started = place.folder / "started";
  const auto browser = place.browser("sleep 1000 &\necho $! >" + started.string() + "\nwait");
  for (int patience_ms = 200; !fs::exists(started); patience_ms *= 4)
    CHECK_THROWS_WITH(printed("a page", browser, std::chrono::milliseconds(patience_ms)), Contains("and was ended"));
  std::string process, state;
  std::ifstream(started) >> process;
  do {  // a killed process is there for a moment, or as a zombie where nobody asks for it
    std::ifstream stat("/proc/" + process + "/stat");
    if (!(stat >> state >> state >> state)) state = "gone";
  } while (state == "R");
  CHECK((state == "gone" || state == "Z"));
  CHECK(place.left_nothing());
}

TEST_CASE("the browser is looked for in the PATH, and without one the user is told") {
  const Place place;
  const std::string path = std::getenv("PATH");
  const auto browser = place.browser("exit 0");
  ::setenv("PATH", ("/nowhere:" + place.folder.string()).c_str(), 1);
  CHECK(installed_browser() == browser);
  ::setenv("PATH", "/nowhere", 1);
  CHECK_THROWS_AS(installed_browser(), UserError);
  ::setenv("PATH", path.c_str(), 1);
}
