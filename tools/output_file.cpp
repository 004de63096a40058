#include "tools/output_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "tools/user_error.h"

namespace ernsim::tools {

namespace fs = std::filesystem;

namespace {

fs::path folder_of(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

void require_writable_folder(const fs::path& folder, const std::string& asked) {
  if (!fs::is_directory(folder))
    throw UserError(fmt::format("{}: cannot be written: no folder {}", asked, folder.string()));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    throw UserError(fmt::format("{}: cannot be written: no permission in folder {}", asked, folder.string()));
}

/// A name beside `target` that no other process uses.
fs::path beside(const fs::path& target) {
  return folder_of(target) / fmt::format(".{}.{}.partial", target.filename().string(), ::getpid());
}

void write_whole(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error(fmt::format("{}: writing failed", path.string()));
}

void write_and_rename(const fs::path& target, std::string_view bytes) {
  const fs::path partial = beside(target);
  try {
    write_whole(partial, bytes);
    fs::rename(partial, target);
  } catch (...) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw;
  }
}

}  // namespace

void print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) throw std::runtime_error("standard output: writing failed");
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(path_) {
  if (is_standard_output()) return;
  if (path_.empty()) throw UserError("an output file needs a name");
  if (fs::is_directory(target_)) throw UserError(fmt::format("{}: cannot be written: it is a directory", path_));
  if (fs::exists(target_)) {
    if (::access(target_.c_str(), W_OK) != 0)
      throw UserError(fmt::format("{}: cannot be written: no permission", path_));
    target_ = fs::canonical(target_);
    if (!fs::is_regular_file(target_)) return;
  }
  require_writable_folder(folder_of(target_), path_);
}

void OutputFile::write(std::string_view bytes) const {
  if (is_standard_output())
    print(bytes);
  else if (fs::exists(target_) && !fs::is_regular_file(target_))
    write_whole(target_, bytes);  // a device or a pipe
  else
    write_and_rename(target_, bytes);
}

OutputDirectory::OutputDirectory(std::string path) : target_(std::move(path)) {
  if (target_.empty()) throw UserError("an output directory needs a name");
  if (!target_.has_filename()) target_ = target_.parent_path();  // "dir/"
  if (fs::exists(target_) && !fs::is_directory(target_))
    throw UserError(fmt::format("{}: cannot be written: it is not a directory", target_.string()));
  require_writable_folder(fs::exists(target_) ? target_ : folder_of(target_), target_.string());
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  if (!staging_.empty()) fs::remove_all(staging_, ignored);
}

void OutputDirectory::write(const std::string& file_name, std::string_view bytes) {
  if (staging_.empty()) {
    const fs::path inside = target_ / fmt::format(".{}.partial", ::getpid());
    staging_ = fs::exists(target_) ? inside : beside(target_);
    fs::create_directory(staging_);
  }
  write_whole(staging_ / file_name, bytes);
}

void OutputDirectory::commit() {
  if (staging_.empty()) return;
  if (!fs::exists(target_)) {
    fs::rename(staging_, target_);
  } else {
    for (const auto& entry : fs::directory_iterator(staging_))
      fs::rename(entry.path(), target_ / entry.path().filename());
    fs::remove(staging_);
  }
  staging_.clear();
}

}  // namespace ernsim::tools
