#pragma once

#include <filesystem>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <vector>

#include "output/interruption.h"

namespace ernsim {

/// Writes to a file descriptor; throws std::runtime_error "NAME: cannot be written: why" when that fails.
class DescriptorBuffer : public std::streambuf {
 public:
  DescriptorBuffer(int descriptor, std::string name);
  ~DescriptorBuffer() override;  ///< closes; what was not written is lost
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;

  /// Writes what is left, and closes.
  void close();

 protected:
  int overflow(int character) override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;
  int sync() override;

 private:
  void write(const char* bytes, std::size_t count);
  void flush();
  [[noreturn]] void fail() const;

  int descriptor_;
  std::string name_;
  std::vector<char> buffer_;
};

/// A file of a name that nothing else has. It goes away with this object, or with the process, unless it was renamed.
class TemporaryFile {
 public:
  /// In `folder`; `output` names in errors what it becomes. Throws std::runtime_error if it cannot be made.
  TemporaryFile(const std::filesystem::path& folder, std::string output);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  const std::filesystem::path& path() const { return path_; }
  /// Throws the buffer's errors.
  std::ostream& stream() { return stream_; }
  void close() { buffer_->close(); }
  /// Closes, and replaces what is there.
  void rename(const std::filesystem::path& target);

 private:
  std::string output_;
  std::filesystem::path path_;
  std::unique_ptr<RemovedOnInterruption> removed_;
  std::unique_ptr<DescriptorBuffer> buffer_;
  std::ostream stream_{nullptr};
};

/// A name in `folder` that no other call, and no other process that lives, gets.
std::filesystem::path temporary_name(const std::filesystem::path& folder);

}  // namespace ernsim
