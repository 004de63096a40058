#include "sweep/reading.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>

#include "config/user_error.h"
#include "sweep/figures.h"
#include "sweep/lock.h"
#include "sweep/shard.h"

namespace ernsim {

namespace {

const std::vector<std::string> leading_columns{"number",   "network", "stem", "input_size",
                                               "settings", "reason",  "notes"};

/// The file, and rows of what is asked of it.
class Database {
 public:
  using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

  explicit Database(const std::string& path) : path_(path), database_(nullptr, &sqlite3_close) {
    open(SQLITE_OPEN_READONLY);
    if (!answers()) open(SQLITE_OPEN_READWRITE);  // rolls back what a killed process left half-written
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
  void open(int how) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path_.c_str(), &opened, how, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) refuse("cannot be opened");
    sqlite3_busy_timeout(opened, 60'000);  // another process may write it
  }
  bool answers() const {
    return sqlite3_exec(database_.get(), "SELECT name FROM sqlite_master", nullptr, nullptr, nullptr) !=
           SQLITE_READONLY;
  }

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
    database.refuse("its table of points has other columns than sweep/README.md says");
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
  point.notes = texts[5];
  for (std::size_t i = 0; i < figures; ++i) {
    const int column = static_cast<int>(leading_columns.size() + i);
    const bool known = sqlite3_column_type(row.get(), column) != SQLITE_NULL;
    point.figures.push_back(known ? sqlite3_column_double(row.get(), column) : std::nan(""));
  }
  if (Database::text(row, static_cast<int>(leading_columns.size() + figures)) !=
      sum_of(point.number, texts, point.figures))
    database.refuse(fmt::format("it is damaged: the row of point {} does not match its sum", point.number));
  return point;
}

/// A sweep that was divided has no file of its own before its shards are merged.
[[noreturn]] void refuse_absent(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  const auto shards = shards_in(folder.empty() ? "." : folder);
  const std::string advice =
      shards.empty() ? ""
                     : fmt::format("; {} is there: sweep --merge joins shards, and each can be reported by its name",
                                   shards.front().file_name());
  throw UserError(fmt::format("{}: does not exist{}", path, advice));
}

SweepState state_of(const Database& database, const std::string& path) {
  const auto meta = [&database](const std::string& key) {
    return database.text(fmt::format("SELECT value FROM meta WHERE key = '{}'", key));
  };
  SweepState state;
  if (const std::string planned = meta("planned"); !planned.empty())
    state.planned = std::strtoull(planned.c_str(), nullptr, 10);
  state.shard = meta("shard");
  state.file = meta("file");
  state.directory = std::filesystem::path(path).parent_path().string();
  if (state.directory.empty()) state.directory = ".";
  state.at_work = is_being_written(path);
  return state;
}

}  // namespace

SweepReading reading_of(const SweepDefinition& definition, const std::vector<SweepRow>& rows) {
  SweepReading sweep;
  sweep.definition = definition.text;
  sweep.figures = figure_names();
  for (const SweepRow& row : rows) {
    SweepReading::Point point{
        static_cast<std::int64_t>(row.number), row.point.network, row.point.stem, row.point.input_size,
        settings_of(settings_text(row.point)), row.reason,        row.figures,    row.notes};
    point.figures.resize(sweep.figures.size(), std::nan(""));
    sweep.points.push_back(std::move(point));
  }
  sweep.state.finished = rows.size();
  sweep.state.planned = points_of(definition).size();
  sweep.state.file = definition.file;
  return sweep;
}

SweepReading read_sweep(const std::string& path) {
  if (!std::filesystem::exists(path)) refuse_absent(path);
  const Database database(path);
  check(database);
  SweepReading sweep;
  sweep.definition = database.text("SELECT value FROM meta WHERE key = 'definition'");
  const auto rows = database.prepare("SELECT * FROM points ORDER BY number");
  sweep.figures = columns_of(database, rows);
  while (database.step(rows)) sweep.points.push_back(point_of(database, rows, sweep.figures.size()));
  sweep.state = state_of(database, path);
  sweep.state.finished = sweep.points.size();
  if (sweep.points.empty()) database.refuse("no point of it is finished yet");
  return sweep;
}

}  // namespace ernsim
