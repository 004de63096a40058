#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace ernsim::tools {

/// A file that is written piece by piece beside its place and appears there, complete, on commit().
class StagedFile {
 public:
  /// Checks that the file can be written. Throws UserError if it cannot; "-" is refused: it needs a name.
  explicit StagedFile(const std::string& path);
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  ~StagedFile();  ///< removes what was not committed

  std::ofstream& stream() { return stream_; }
  /// Where it is before commit().
  std::string staging() const { return staging_.string(); }
  /// Throws std::runtime_error if a write failed.
  void close();
  void commit();

 private:
  std::filesystem::path target_, staging_;
  std::ofstream stream_;
};

}  // namespace ernsim::tools
