#include "output/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <set>
#include <thread>

#include "config/user_error.h"

namespace ernsim {

namespace fs = std::filesystem;

namespace {

constexpr int most_links = 40;                    ///< as Linux follows
constexpr std::chrono::seconds longest_wait{10};  ///< for a pipe's reader
constexpr std::chrono::milliseconds between_looks{50};

/// Files that outputs go to that are not finished.
std::set<fs::path>& claimed() {
  static std::set<fs::path> paths;
  return paths;
}

std::shared_ptr<void> claim(const fs::path& path, const std::string& name) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path), ignored);
  if (!claimed().insert(whole).second) throw UserError(fmt::format("{}: another output goes to the same file", name));
  return {nullptr, [whole](void*) { claimed().erase(whole); }};
}

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

/// As in --json /dev/stdout.
bool is_where_standard_output_goes(const std::string& name) {
  struct stat one {
  }, other{};
  return ::stat(name.c_str(), &one) == 0 && ::fstat(STDOUT_FILENO, &other) == 0 && S_ISREG(one.st_mode) &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// Opens a device or a pipe. A pipe that nobody reads is waited for, but not for ever.
int opened(const fs::path& path, const std::string& name) {
  const auto begin = std::chrono::steady_clock::now();
  while (true) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor >= 0) {
      ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
      return descriptor;
    }
    if (errno != ENXIO || !fs::is_fifo(path))
      throw std::runtime_error(fmt::format("{}: cannot be written: {}", name, std::strerror(errno)));
    if (std::chrono::steady_clock::now() - begin > longest_wait)
      throw std::runtime_error(
          fmt::format("{}: cannot be written: a pipe that nobody read for {} s", name, longest_wait.count()));
    std::this_thread::sleep_for(between_looks);
  }
}

/// By hand: a stream that is given another one's buffer swallows what a failing write throws.
void copy(const fs::path& from, std::streambuf& to) {
  std::ifstream in(from, std::ios::binary);
  std::array<char, 65536> chunk;
  while (in.read(chunk.data(), chunk.size()), in.gcount() > 0) to.sputn(chunk.data(), in.gcount());
}

}  // namespace

void print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0)
    throw std::runtime_error(fmt::format("standard output: cannot be written: {}", std::strerror(errno)));
}

fs::path followed(fs::path path) {
  const std::string asked = path.string();
  for (int links = 0; fs::is_symlink(fs::symlink_status(path)); ++links) {
    if (links == most_links)
      throw UserError(fmt::format("{}: cannot be written: links that lead to each other", asked));
    const fs::path next = fs::read_symlink(path);
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

OutputFile::OutputFile(std::string name, bool announced) : name_(std::move(name)) {
  if (name_.empty()) throw UserError("an output file needs a name");
  if (name_ == "-" || is_where_standard_output_goes(name_)) {
    kind_ = Kind::standard_output;
    return;
  }
  std::error_code error;
  const fs::file_status there = fs::status(name_, error);
  if (there.type() == fs::file_type::none)
    throw UserError(fmt::format("{}: cannot be written: {}", name_, error.message()));
  if (fs::is_directory(there)) throw UserError(fmt::format("{}: cannot be written: it is a directory", name_));
  if (fs::exists(there) && ::access(name_.c_str(), W_OK) != 0)
    throw UserError(fmt::format("{}: cannot be written: no permission", name_));
  if (fs::exists(there) && !fs::is_regular_file(there)) {
    kind_ = Kind::other;
    path_ = name_;
  } else {
    path_ = followed(name_);
    if (!path_.has_filename()) throw UserError(fmt::format("{}: cannot be written: no name of a file", name_));
    require_writable_folder(folder_of(path_), name_);
    claim_ = claim(path_, name_);
  }
  if (announced) announced_ = std::make_shared<AnnouncedOutput>(name_);
}

fs::path OutputFile::temporary_folder() const {
  return kind_ == Kind::file ? folder_of(path_) : fs::temp_directory_path();
}

void OutputFile::write(std::string_view bytes) const {
  if (kind_ == Kind::standard_output) return print(bytes);
  if (kind_ == Kind::file) {
    TemporaryFile file(temporary_folder(), name_);
    file.stream().write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return place(file);
  }
  DescriptorBuffer buffer(opened(path_, name_), name_);
  buffer.sputn(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  buffer.close();
  finished();
}

void OutputFile::place(TemporaryFile& file) const {
  if (kind_ == Kind::file) {
    const Uninterrupted whole;
    file.rename(path_);
    return finished();
  }
  file.close();
  const int descriptor = kind_ == Kind::standard_output ? ::dup(STDOUT_FILENO) : opened(path_, name_);
  DescriptorBuffer buffer(descriptor, name_);
  copy(file.path(), buffer);
  buffer.close();
  finished();
}

void OutputFile::finished() const {
  if (announced_ != nullptr) announced_->done();
}

}  // namespace ernsim
