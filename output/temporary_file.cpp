#include "output/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace ernsim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

[[noreturn]] void refuse(const std::string& name) {
  throw std::runtime_error(fmt::format("{}: cannot be written: {}", name, std::strerror(errno)));
}

/// One that replaces a file may be read by the same people.
void keep_mode_of(const fs::path& target, const fs::path& temporary) {
  struct stat old {};
  if (::stat(target.c_str(), &old) == 0) ::chmod(temporary.c_str(), old.st_mode & 07777U);
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)), buffer_(buffer_bytes) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

DescriptorBuffer::~DescriptorBuffer() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void DescriptorBuffer::fail() const { refuse(name_); }

void DescriptorBuffer::write(const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

void DescriptorBuffer::flush() {
  const auto count = static_cast<std::size_t>(pptr() - pbase());
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  write(buffer_.data(), count);
}

int DescriptorBuffer::overflow(int character) {
  flush();
  if (character != traits_type::eof()) sputc(static_cast<char>(character));
  return traits_type::not_eof(character);
}

std::streamsize DescriptorBuffer::xsputn(const char* bytes, std::streamsize count) {
  if (count > epptr() - pptr()) {
    flush();
    if (static_cast<std::size_t>(count) >= buffer_.size()) return write(bytes, static_cast<std::size_t>(count)), count;
  }
  std::memcpy(pptr(), bytes, static_cast<std::size_t>(count));
  pbump(static_cast<int>(count));
  return count;
}

int DescriptorBuffer::sync() { return flush(), 0; }

void DescriptorBuffer::close() {
  if (descriptor_ < 0) return;
  flush();
  setp(nullptr, nullptr);
  std::vector<char>().swap(buffer_);
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) fail();  // some file systems say only now that the disk is full
}

fs::path temporary_name(const fs::path& folder) {
  static unsigned count = 0;
  fs::path path;
  do path = folder / fmt::format(".ernsim.{}.{}.partial", ::getpid(), count++);
  while (fs::exists(fs::symlink_status(path)));
  return path;
}

TemporaryFile::TemporaryFile(const fs::path& folder, std::string output)
    : output_(std::move(output)),
      path_(temporary_name(folder)),
      removed_(std::make_unique<RemovedOnInterruption>(path_)) {
  const Uninterrupted whole;
  const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse(output_);
  buffer_ = std::make_unique<DescriptorBuffer>(descriptor, output_);
  stream_.rdbuf(buffer_.get());
  stream_.exceptions(std::ios::badbit);  // the buffer's own exception comes out
}

TemporaryFile::~TemporaryFile() {
  if (removed_ != nullptr) ::unlink(path_.c_str());
}

void TemporaryFile::rename(const fs::path& target) {
  close();
  keep_mode_of(target, path_);
  const Uninterrupted whole;
  if (::rename(path_.c_str(), target.c_str()) != 0) refuse(output_);
  removed_.reset();
}

}  // namespace ernsim
