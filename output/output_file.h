#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "output/temporary_file.h"

namespace ernsim {

/// Where an output goes. A file is replaced as a whole; behind a symbolic link that is the file it leads to, and the
/// link stays. What is no regular file (a device, a pipe) is written to. "-", and a file that is standard output, are
/// standard output.
class OutputFile {
 public:
  /// Checks that it can be written, without leaving a trace. Throws UserError if it cannot, or if another output that
  /// is not finished goes to the same file.
  explicit OutputFile(std::string name) : OutputFile(std::move(name), true) {}
  /// `announced`: an interruption says that it is missing.
  OutputFile(std::string name, bool announced);

  const std::string& name() const { return name_; }
  bool is_standard_output() const { return kind_ == Kind::standard_output; }
  /// Where a temporary file of it belongs.
  std::filesystem::path temporary_folder() const;

  /// All at once. Throws std::runtime_error if that fails.
  void write(std::string_view bytes) const;
  /// Closes the file and puts it in place.
  void place(TemporaryFile& file) const;

 private:
  void finished() const;

  enum class Kind { standard_output, file, other };

  std::string name_;
  Kind kind_ = Kind::file;
  std::filesystem::path path_;  ///< with symbolic links followed
  std::shared_ptr<AnnouncedOutput> announced_;
  std::shared_ptr<void> claim_;  ///< of a file
};

/// Writes to standard output; throws std::runtime_error if that fails.
void print(std::string_view text);

/// The path with symbolic links at its end followed, whether the last one's target is there or not. Throws UserError
/// for links that lead nowhere else.
std::filesystem::path followed(std::filesystem::path path);

}  // namespace ernsim
