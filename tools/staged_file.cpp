#include "tools/staged_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include "tools/output_file.h"
#include "tools/user_error.h"

namespace ernsim::tools {

namespace fs = std::filesystem;

StagedFile::StagedFile(const std::string& path) : target_(path) {
  if (path == "-") throw UserError("'-': this output needs a file");
  const OutputFile checked(path);
  const fs::path folder = target_.parent_path().empty() ? fs::path(".") : target_.parent_path();
  staging_ = folder / fmt::format(".{}.{}.partial", target_.filename().string(), ::getpid());
  stream_.open(staging_, std::ios::binary | std::ios::trunc);
  if (!stream_) throw UserError(fmt::format("{}: cannot be written", path));
}

StagedFile::~StagedFile() {
  if (staging_.empty()) return;
  stream_.close();
  std::error_code ignored;
  fs::remove(staging_, ignored);
}

void StagedFile::close() {
  stream_.close();
  if (!stream_) throw std::runtime_error(fmt::format("{}: writing failed", target_.string()));
}

void StagedFile::commit() {
  if (stream_.is_open()) close();
  fs::rename(staging_, target_);
  staging_.clear();
}

}  // namespace ernsim::tools
