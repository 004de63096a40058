#include "sweep/sqlite_file.h"

#include <fmt/format.h>

#include "config/parameter.h"

namespace ernsim {

namespace {

constexpr int patience_ms = 60'000;  ///< another process may read or write it

}  // namespace

SqliteFile::SqliteFile(const std::string& path, bool writable) : path_(path) {
  open(writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  if (!writable && !answers()) open(SQLITE_OPEN_READWRITE);
  // A killed process loses nothing that it has handed to the system.
  if (writable) execute("PRAGMA synchronous = OFF");
}

void SqliteFile::open(int how) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &opened, how, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) throw ConfigError(fmt::format("{}: cannot be opened ({})", path_, sqlite3_errmsg(opened)));
  sqlite3_busy_timeout(opened, patience_ms);
}

bool SqliteFile::answers() const {
  return sqlite3_exec(database_.get(), "SELECT name FROM sqlite_master", nullptr, nullptr, nullptr) != SQLITE_READONLY;
}

std::string SqliteFile::text(const std::string& sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.text(0) : "";
}

std::string SqliteFile::meta(const std::string& key) const {
  Statement select = prepare("SELECT value FROM meta WHERE key = ?1");
  select.bind(1, key);
  return select.step() ? select.text(0) : "";
}

void SqliteFile::set_meta(const std::string& key, const std::string& value) const {
  Statement insert = prepare("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
  insert.bind(1, key);
  insert.bind(2, value);
  insert.step();
}

}  // namespace ernsim
