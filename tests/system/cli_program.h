#pragma once

#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace ernsim::cli {

namespace fs = std::filesystem;

inline std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A directory that goes away with the test.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "ernsim_cli_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }

  fs::path operator/(const std::string& name) const { return path_ / name; }
  const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  /// Names of what is in it, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(path_)) found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  fs::path path_;
};

/// How the program ended.
struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

/// Runs `ernsim ARGUMENTS` in a directory; the shell splits the arguments.
inline Ended program(const std::string& arguments, const Scratch& directory) {
  const Scratch streams;
  const std::string command = "cd '" + directory.path().string() + "' && '" ERNSIM_PROGRAM "' " + arguments + " >'" +
                              (streams / "out").string() + "' 2>'" + (streams / "err").string() + "' </dev/null";
  const int raw = std::system(command.c_str());
  return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, contents(streams / "out"), contents(streams / "err")};
}

inline Ended program(const std::string& arguments) { return program(arguments, Scratch()); }

/// The text of a run's JSON without the line that says how it was made.
inline std::string without_command(std::string json) {
  const auto begin = json.find("  \"command\": ");
  if (begin == std::string::npos) throw std::runtime_error("a run's JSON has no command");
  return json.erase(begin, json.find('\n', begin) - begin);
}

/// A network and size that simulate quickly.
inline const std::string quick_run = "run --network ERNs18x075 --input-size 64x64 ";

}  // namespace ernsim::cli
