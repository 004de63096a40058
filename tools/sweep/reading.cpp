#include "tools/sweep/reading.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <sstream>

#include "tools/sweep/lock.h"
#include "tools/sweep/row.h"
#include "tools/user_error.h"

namespace ernsim::tools {

namespace {

const std::vector<std::string> leading_columns{"number", "network", "stem", "input_size", "settings", "reason"};

/// The file, and rows of what is asked of it.
class Database {
 public:
  using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

  explicit Database(const std::string& path) : path_(path), database_(nullptr, &sqlite3_close) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) refuse("cannot be opened");
  }

  Statement prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      refuse(sqlite3_errmsg(database_.get()));
    return {statement, &sqlite3_finalize};
  }
  /// Whether there is another row.
  bool step(const Statement& statement) const {
    const int code = sqlite3_step(statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) refuse(sqlite3_errmsg(database_.get()));
    return code == SQLITE_ROW;
  }
  std::string text(const std::string& sql) const {
    const auto statement = prepare(sql);
    return step(statement) ? text(statement, 0) : "";
  }
  static std::string text(const Statement& statement, int column) {
    const auto* found = sqlite3_column_text(statement.get(), column);
    return found == nullptr ? "" : reinterpret_cast<const char*>(found);
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw UserError(fmt::format("{}: no sweep that can be shown: {}", path_, why));
  }

 private:
  const std::string& path_;
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database_;
};

void check(const Database& database) {
  if (database.text("PRAGMA application_id") != std::to_string(sweep_application_id))
    database.refuse("it is no database of ernsim sweep");
  if (const std::string found = database.text("PRAGMA quick_check"); found != "ok")
    database.refuse("it is damaged: " + found);
}

std::vector<std::string> columns_of(const Database& database, const Database::Statement& rows) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(rows.get()); ++i) names.emplace_back(sqlite3_column_name(rows.get(), i));
  if (names.size() <= leading_columns.size() + 1 || names.back() != "sum" ||
      !std::equal(leading_columns.begin(), leading_columns.end(), names.begin()))
    database.refuse("its table of points has other columns than tools/sweep/README.md says");
  return {names.begin() + static_cast<std::ptrdiff_t>(leading_columns.size()), names.end() - 1};
}

std::vector<std::pair<std::string, std::string>> settings_of(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> settings;
  std::istringstream words(text);
  for (std::string each; words >> each;) {
    const auto equals = each.find('=');
    if (equals != std::string::npos) settings.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  return settings;
}

SweepReading::Point point_of(const Database& database, const Database::Statement& row, std::size_t figures) {
  SweepReading::Point point;
  std::vector<std::string> texts;
  for (int i = 1; i < static_cast<int>(leading_columns.size()); ++i) texts.push_back(Database::text(row, i));
  point.number = sqlite3_column_int64(row.get(), 0);
  point.network = texts[0];
  point.stem = texts[1];
  point.input_size = texts[2];
  point.settings = settings_of(texts[3]);
  point.reason = texts[4];
  for (std::size_t i = 0; point.reason.empty() && i < figures; ++i)
    point.figures.push_back(sqlite3_column_double(row.get(), static_cast<int>(leading_columns.size() + i)));
  if (Database::text(row, static_cast<int>(leading_columns.size() + figures)) !=
      sum_of(point.number, texts, point.figures))
    database.refuse(fmt::format("it is damaged: the row of point {} does not match its sum", point.number));
  return point;
}

}  // namespace

SweepReading read_sweep(const std::string& path) {
  if (!std::filesystem::exists(path)) throw UserError(fmt::format("{}: does not exist", path));
  const Database database(path);
  check(database);
  SweepReading sweep;
  sweep.definition = database.text("SELECT value FROM meta WHERE key = 'definition'");
  const auto rows = database.prepare("SELECT * FROM points ORDER BY number");
  sweep.figures = columns_of(database, rows);
  while (database.step(rows)) sweep.points.push_back(point_of(database, rows, sweep.figures.size()));
  if (sweep.points.empty()) database.refuse("it has no point yet");
  return sweep;
}

}  // namespace ernsim::tools
