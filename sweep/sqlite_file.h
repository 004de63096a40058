#pragma once

#include <memory>
#include <string>

#include "sweep/statement.h"

namespace ernsim {

/// A database of a sweep, opened. What fails throws ConfigError naming the file.
class SqliteFile {
 public:
  /// One that is only read is opened for writing too if a killed process left something half-written to roll back.
  SqliteFile(const std::string& path, bool writable);

  Statement prepare(const std::string& sql) const { return {database_.get(), sql, path_}; }
  void execute(const std::string& sql) const { prepare(sql).step(); }
  /// The first value of the first row; empty if there is none.
  std::string text(const std::string& sql) const;
  /// The value of a key of the table `meta`.
  std::string meta(const std::string& key) const;
  void set_meta(const std::string& key, const std::string& value) const;
  /// Whether every page of the file is whole: "ok".
  std::string check() const { return text("PRAGMA quick_check"); }

 private:
  void open(int how);
  bool answers() const;

  std::string path_;
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database_{nullptr, &sqlite3_close};
};

}  // namespace ernsim
