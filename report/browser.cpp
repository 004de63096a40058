#include "report/browser.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "config/user_error.h"

namespace ernsim {

namespace {

namespace fs = std::filesystem;
using Time = std::chrono::steady_clock;

constexpr int ended_late = 124;  ///< exit status of the guard
constexpr int poll_ms = 20;

/// A folder of its own that goes away with this object.
class ScratchFolder {
 public:
  ScratchFolder() : path_((fs::temp_directory_path() / "ernsim_print_XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error(fmt::format("{}: cannot be made", path_));
  }
  ~ScratchFolder() { remove(); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// Whatever else still writes into it.
  void remove() const {
    std::error_code ignored;
    for (int i = 0; i < 3 && fs::exists(path_, ignored); ++i) fs::remove_all(path_, ignored);
  }
  fs::path operator/(const char* name) const { return fs::path(path_) / name; }

 private:
  std::string path_;
};

std::vector<std::string> words_of(const fs::path& browser, const ScratchFolder& folder) {
  std::vector<std::string> words{browser.string(),
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-background-networking",
                                 "--disable-breakpad",
                                 "--disable-component-update",
                                 "--disable-sync",
                                 "--no-first-run",
                                 "--no-default-browser-check",
                                 "--no-pdf-header-footer",
                                 "--user-data-dir=" + (folder / "profile").string(),
                                 "--print-to-pdf=" + (folder / "page.pdf").string()};
  if (::geteuid() == 0) words.emplace_back("--no-sandbox");  // Chromium refuses root otherwise
  words.push_back("file://" + (folder / "page.html").string());
  return words;
}

[[noreturn]] void become(const std::vector<std::string>& words, const ScratchFolder& folder) {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {0, 1, 2}) ::dup2(nothing, stream);
  ::close_range(3, ~0U, 0);
  ::setenv("HOME", (folder / "profile").c_str(), 1);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

/// Whether the other end of the pipe was closed within a moment.
bool is_closed(int pipe) {
  pollfd asked{pipe, POLLIN, 0};
  return ::poll(&asked, 1, poll_ms) > 0;
}

/// Waits for the browser, which is ended with all its processes when it is late or `parent` closes. Gives its exit
/// status.
int watched(pid_t browser, int parent, Time::time_point deadline, const ScratchFolder& folder) {
  int status = 0;
  bool orphaned = false, late = false;
  while (::waitpid(browser, &status, WNOHANG) == 0) {
    orphaned = is_closed(parent);
    late = Time::now() >= deadline;
    if (orphaned || late) break;
  }
  ::kill(-browser, SIGKILL);
  if (orphaned || late) ::waitpid(browser, &status, 0);
  if (orphaned) folder.remove();
  return late ? ended_late : WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/// Runs the browser below a process that outlives this one, should it be ended, and cleans up.
int run(const std::vector<std::string>& words, const ScratchFolder& folder, std::chrono::milliseconds patience) {
  int alive[2];
  if (::pipe2(alive, O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  const pid_t guard = ::fork();
  if (guard < 0) throw std::runtime_error("no process can be started");
  if (guard == 0) {
    ::setpgid(0, 0);
    ::close(alive[1]);
    const pid_t browser = ::fork();
    if (browser == 0) become(words, folder);
    ::_exit(browser < 0 ? 1 : watched(browser, alive[0], Time::now() + patience, folder));
  }
  ::close(alive[0]);
  int status = 0;
  ::waitpid(guard, &status, 0);
  ::close(alive[1]);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_whole(const std::string& pdf) {
  const auto end = pdf.rfind("%%EOF");
  return pdf.compare(0, 5, "%PDF-") == 0 && end != std::string::npos && pdf.size() - end < 16;
}

}  // namespace

fs::path installed_browser() {
  const char* paths = std::getenv("PATH");
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "chrome"}) {
    std::istringstream folders(paths == nullptr ? "" : paths);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (const fs::path path = fs::path(folder) / name; !folder.empty() && ::access(path.c_str(), X_OK) == 0)
        return path;
  }
  throw UserError(
      "--pdf needs Chromium, which is not installed (Debian package chromium); --html can be printed elsewhere");
}

std::string printed(const std::string& html, const fs::path& browser, std::chrono::milliseconds patience) {
  const ScratchFolder folder;
  std::ofstream(folder / "page.html", std::ios::binary) << html;
  const int status = run(words_of(browser, folder), folder, patience);
  if (status == ended_late)
    throw std::runtime_error(fmt::format("{}: has not printed the page in {:.3g} s and was ended", browser.string(),
                                         std::chrono::duration<double>(patience).count()));
  std::string pdf = contents(folder / "page.pdf");
  if (status != 0 || !is_whole(pdf))
    throw std::runtime_error(fmt::format("{}: cannot print the page (exit status {})", browser.string(), status));
  return pdf;
}

}  // namespace ernsim
