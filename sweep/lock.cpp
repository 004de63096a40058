#include "sweep/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include "config/parameter.h"

namespace ernsim {

namespace {

/// A byte that SQLite does not lock; its own begin at 0x40000000.
constexpr off_t lock_byte = 0x3FFFFFFF;

/// SQLite's header: the format's name, user_version at 60, application_id at 68, most significant byte first.
using Header = std::array<unsigned char, 100>;

std::uint32_t number_at(const Header& header, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | header[at + i];
  return number;
}

bool is_ours(const Header& header) {
  return std::memcmp(header.data(), "SQLite format 3", 16) == 0 && number_at(header, 60) == 0 &&
         number_at(header, 68) == sweep_application_id;
}

struct flock range_of_lock() {
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = lock_byte;
  range.l_len = 1;
  return range;
}

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

SweepLock::SweepLock(const std::string& path, SweepAccess access) : path_(path) {
  try {
    open(access);
    if (writable_) lock();
    look();
  } catch (...) {
    if (descriptor_ >= 0) ::close(descriptor_);
    throw;
  }
}

SweepLock::~SweepLock() { ::close(descriptor_); }

void SweepLock::open(SweepAccess access) {
  std::error_code ignored;
  if (std::filesystem::exists(path_, ignored) && !std::filesystem::is_regular_file(path_, ignored))
    throw ConfigError(fmt::format("{}: is no file; it is left alone", path_));
  if (access != SweepAccess::read) {
    const int exclusive = access == SweepAccess::make ? O_EXCL : 0;
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | exclusive, 0666);
    if (descriptor_ < 0 && errno == EEXIST)
      throw ConfigError(fmt::format("{}: exists; --resume goes on with it, another --out starts anew", path_));
    if (descriptor_ < 0 && !std::filesystem::exists(path_, ignored))
      throw ConfigError(fmt::format("{}: cannot be made: {}", path_, std::strerror(errno)));
    writable_ = descriptor_ >= 0 && ::access(folder_of(path_).c_str(), W_OK) == 0;  // for SQLite's journal
  }
  if (descriptor_ < 0) descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) throw ConfigError(fmt::format("{}: cannot be read: {}", path_, std::strerror(errno)));
}

/// SQLite takes the process's own locks away, but not this one, which belongs to the open file. Simulations that were
/// forked share it, and end a moment after a process that was killed: so it is tried for a second.
void SweepLock::lock() const {
  struct flock range = range_of_lock();
  for (int attempt = 0; attempt < 20; ++attempt) {
    if (::fcntl(descriptor_, F_OFD_SETLK, &range) == 0) return;
    if (errno != EACCES && errno != EAGAIN)
      throw ConfigError(fmt::format("{}: cannot be locked: {}", path_, std::strerror(errno)));
    ::usleep(50'000);
  }
  throw ConfigError(fmt::format("{}: another process is at work on it; one at a time can be", path_));
}

bool is_being_written(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct flock range = range_of_lock();
  const bool held = ::fcntl(descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
  ::close(descriptor);
  return held;
}

void SweepLock::look() {
  Header header{};
  const ssize_t count = ::pread(descriptor_, header.data(), header.size(), 0);
  empty_ = count == 0;
  if (!empty_ && (count != static_cast<ssize_t>(header.size()) || !is_ours(header)))
    throw ConfigError(fmt::format("{}: is no sweep of this program; it is left alone", path_));
}

}  // namespace ernsim
