#include "output/staged_file.h"

#include <fmt/format.h>

#include "config/user_error.h"

namespace ernsim {

StagedFile::StagedFile(const std::string& path) : output_(path) {
  if (output_.is_standard_output()) throw UserError(fmt::format("'{}': this output needs a file", path));
}

TemporaryFile& StagedFile::file() {
  if (file_) return *file_;
  try {
    return file_.emplace(output_.temporary_folder(), output_.name());
  } catch (const std::runtime_error& error) {
    throw UserError(error.what());
  }
}

}  // namespace ernsim
