#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ernsim::tools {

/// Writes to standard output; throws std::runtime_error if that fails.
void print(std::string_view text);

/// A file that appears complete or not at all. "-" is standard output.
class OutputFile {
 public:
  /// Checks that the file can be written, without leaving a trace. Throws UserError if it cannot.
  explicit OutputFile(std::string path);

  bool is_standard_output() const { return path_ == "-"; }
  /// Writes a temporary file beside the target and renames it. Throws std::runtime_error if that fails.
  void write(std::string_view bytes) const;

 private:
  std::string path_;
  std::filesystem::path target_;  ///< with symbolic links followed
};

/// A directory whose new files appear complete or not at all. It may exist; files in it that are not written stay.
class OutputDirectory {
 public:
  /// Checks that files can be written there, without leaving a trace. Throws UserError if they cannot.
  explicit OutputDirectory(std::string path);
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;
  ~OutputDirectory();  ///< removes what was not committed

  /// Puts a file into a temporary directory.
  void write(const std::string& file_name, std::string_view bytes);
  /// Moves the written files into place.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path staging_;  ///< empty until the first write
};

}  // namespace ernsim::tools
