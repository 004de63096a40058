#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace ernsim {

/// A prepared statement. Throws ConfigError naming the file if the database does not take it, or is damaged.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql, const std::string& path);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int at, const std::string& text);
  void bind(int at, std::int64_t number);
  void bind(int at, double number);
  /// Whether there is another row.
  bool step();
  /// Makes it ready for other values.
  void reset();

  std::string text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  int columns() const { return sqlite3_column_count(statement_); }
  std::string name(int column) const { return sqlite3_column_name(statement_, column); }
  int type(int column) const { return sqlite3_column_type(statement_, column); }

 private:
  [[noreturn]] void fail() const;

  const std::string& path_;
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace ernsim
