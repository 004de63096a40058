#pragma once

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace ernsim::cli {

/// A value with its type, all its bytes told apart.
inline std::string value_text(sqlite3_stmt* row, int column) {
  const int type = sqlite3_column_type(row, column);
  const double real = sqlite3_column_double(row, column);
  std::string value(sizeof(real), '\0');
  std::memcpy(value.data(), &real, sizeof(real));
  if (type != SQLITE_FLOAT)
    value.assign(static_cast<const char*>(sqlite3_column_blob(row, column)),
                 static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
  return std::to_string(type) + ":" + value + "|";
}

/// The rows that a query gives, byte for byte.
inline std::vector<std::string> rows_of(const std::filesystem::path& path,
                                        const std::string& query = "SELECT * FROM points ORDER BY number") {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
  const bool fine = sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr) == SQLITE_OK;
  std::vector<std::string> rows;
  while (fine && sqlite3_step(statement) == SQLITE_ROW) {
    rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) rows.back() += value_text(statement, i);
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
  if (!fine) throw std::runtime_error(path.string() + ": no such rows");
  return rows;
}

}  // namespace ernsim::cli
