#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "output/output_file.h"

namespace ernsim {

/// An output that is written piece by piece to a temporary file and put in place, complete, by commit(). The file is
/// made when it is first needed: an interruption names every output that is announced, so all of them are before the
/// first.
class StagedFile {
 public:
  /// Checks that the output can be written. Throws UserError if it cannot; "-" is refused: it needs a name.
  explicit StagedFile(const std::string& path);

  /// Throws std::runtime_error, which names the output, if a write fails.
  std::ostream& stream() { return file().stream(); }
  /// Where it is before commit().
  std::string staging() { return file().path().string(); }
  /// Where temporary files of it belong.
  std::filesystem::path temporary_folder() const { return output_.temporary_folder(); }
  void close() { file().close(); }
  void commit() { output_.place(file()); }

 private:
  TemporaryFile& file();

  OutputFile output_;
  std::optional<TemporaryFile> file_;
};

}  // namespace ernsim
