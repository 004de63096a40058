#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "sweep/definition.h"

namespace ernsim {

/// A sweep file that goes away with the test.
class SweepFile {
 public:
  explicit SweepFile(const std::string& text)
      : path_((std::filesystem::temp_directory_path() / ("ernsim_sweep_" + std::to_string(::getpid()) + ".toml"))
                  .string()) {
    std::ofstream(path_) << text;
  }
  SweepFile(const SweepFile&) = delete;
  SweepFile& operator=(const SweepFile&) = delete;
  ~SweepFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline SweepDefinition sweep_of(const std::string& text) { return load_sweep(SweepFile(text).path()); }

/// A sweep of so many points.
inline std::string sweep_text(std::size_t points, const std::string& keys = "") {
  return keys + "[axes]\n\"memory.activations_words\" = { from = 1000, to = " + std::to_string(999 + points) +
         ", step = 1 }\n";
}

}  // namespace ernsim
