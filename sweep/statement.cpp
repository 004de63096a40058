#include "sweep/statement.h"

#include <fmt/format.h>

#include "config/parameter.h"

namespace ernsim {

Statement::Statement(sqlite3* database, const std::string& sql, const std::string& path)
    : path_(path), database_(database) {
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) fail();
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(int at, const std::string& text) {
  sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void Statement::bind(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }

void Statement::bind(int at, double number) { sqlite3_bind_double(statement_, at, number); }

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
  return code == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(statement_); }

std::string Statement::text(int column) const {
  const auto* found = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return found == nullptr ? "" : std::string(found, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

void Statement::fail() const {
  throw ConfigError(fmt::format("{}: not a database that can be used ({})", path_, sqlite3_errmsg(database_)));
}

}  // namespace ernsim
