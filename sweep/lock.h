#pragma once

#include <string>

namespace ernsim {

/// How a sweep's database is opened.
enum class SweepAccess {
  make,     ///< the file must not exist
  resume,   ///< the file may exist, and may lack points
  read,     ///< nothing is written
  replace,  ///< nothing is written: it is about to be replaced
};

/// A sweep's database as a file: what it is, and a lock that keeps other processes from writing it until this ends.
class SweepLock {
 public:
  /// Throws ConfigError if the file is of another program, cannot be opened, or another process writes it.
  SweepLock(const std::string& path, SweepAccess access);
  ~SweepLock();
  SweepLock(const SweepLock&) = delete;
  SweepLock& operator=(const SweepLock&) = delete;

  bool writable() const { return writable_; }
  /// As a process leaves it that was killed before it wrote anything.
  bool empty() const { return empty_; }

 private:
  void open(SweepAccess access);
  void lock() const;
  void look();

  std::string path_;
  int descriptor_ = -1;
  bool writable_ = false, empty_ = false;
};

/// Whether a process holds the lock of a sweep's database.
bool is_being_written(const std::string& path);

/// Marks the databases of this program: "ERNS".
inline constexpr int sweep_application_id = 0x45524E53;

}  // namespace ernsim
