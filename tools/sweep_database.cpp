#include "tools/sweep_database.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <filesystem>
#include <sstream>

#include "tools/sweep_figures.h"

namespace ernsim::tools {

namespace {

constexpr int application_id = 0x45524E53;  // "ERNS"
constexpr const char* schema_version = "1";

/// A prepared statement.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql, const std::string& path) : path_(path), database_(database) {
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int at, const std::string& text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  void bind(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }
  void bind(int at, double number) { sqlite3_bind_double(statement_, at, number); }
  /// Whether there is another row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
    return code == SQLITE_ROW;
  }
  std::string text(int column) const {
    const auto* found = sqlite3_column_text(statement_, column);
    return found == nullptr ? "" : reinterpret_cast<const char*>(found);
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  [[noreturn]] void fail() const {
    throw ConfigError(fmt::format("{}: not a database that can be used ({})", path_, sqlite3_errmsg(database_)));
  }

  const std::string& path_;
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

SweepDatabase::SweepDatabase(const std::string& path, const SweepDefinition& definition, bool resume,
                             const std::string& shard)
    : path_(path) {
  const bool exists = std::filesystem::exists(path);
  if (exists && !resume)
    throw ConfigError(fmt::format("{}: exists; --resume goes on with it, another --out starts anew", path));
  if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) {
    const std::string why = sqlite3_errmsg(database_);
    sqlite3_close(database_);
    throw ConfigError(fmt::format("{}: cannot be opened ({})", path, why));
  }
  try {
    sqlite3_busy_timeout(database_, 60'000);  // another process may read or merge it
    // A killed process loses nothing that it has handed to the system.
    execute("PRAGMA synchronous = OFF");
    if (exists && !text_of("SELECT name FROM sqlite_master LIMIT 1").empty())
      check(definition, shard);
    else
      make(definition, shard);
  } catch (...) {
    sqlite3_close(database_);
    throw;
  }
}

SweepDatabase::~SweepDatabase() { sqlite3_close(database_); }

void SweepDatabase::execute(const std::string& sql) const { Statement(database_, sql, path_).step(); }

std::string SweepDatabase::text_of(const std::string& sql) const {
  Statement statement(database_, sql, path_);
  return statement.step() ? statement.text(0) : "";
}

std::string SweepDatabase::meta(const std::string& key) const {
  return text_of(fmt::format("SELECT value FROM meta WHERE key = '{}'", key));
}

void SweepDatabase::set_meta(const std::string& key, const std::string& value) const {
  Statement insert(database_, "INSERT INTO meta VALUES (?1, ?2)", path_);
  insert.bind(1, key);
  insert.bind(2, value);
  insert.step();
}

void SweepDatabase::make(const SweepDefinition& definition, const std::string& shard) {
  execute("BEGIN");
  execute(fmt::format("PRAGMA application_id = {}", application_id));
  execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
  execute(fmt::format(
      "CREATE TABLE points (number INTEGER PRIMARY KEY, network TEXT, stem TEXT, input_size TEXT, settings TEXT, "
      "reason TEXT, {} REAL)",
      fmt::join(figure_names(), " REAL, ")));
  set_meta("schema_version", schema_version);
  set_meta("program_version", ERNSIM_VERSION);
  set_meta("definition", definition.text);
  set_meta("platform", definition.platform_values);
  if (!shard.empty()) set_meta("shard", shard);
  execute("COMMIT");
}

void SweepDatabase::check_version() const {
  if (text_of("PRAGMA application_id") != std::to_string(application_id))
    throw ConfigError(fmt::format("{}: is no sweep of this program; it is left alone", path_));
  const std::string columns =
      fmt::format("number,network,stem,input_size,settings,reason,{}", fmt::join(figure_names(), ","));
  if (meta("schema_version") != schema_version || meta("program_version") != ERNSIM_VERSION ||
      text_of("SELECT group_concat(name) FROM pragma_table_info('points')") != columns)
    throw ConfigError(fmt::format("{}: was written by another version", path_));
}

void SweepDatabase::check(const SweepDefinition& definition, const std::string& shard) const {
  check_version();
  if (meta("definition") != definition.text)
    throw ConfigError(fmt::format("{}: was made from another sweep file; the same one is needed", path_));
  if (meta("platform") != definition.platform_values)
    throw ConfigError(fmt::format("{}: was made when platform {} had other values", path_, definition.platform));
  if (const std::string found = meta("shard"); found != shard) {
    const auto name = [](const std::string& text) { return text.empty() ? "the whole sweep" : "shard " + text; };
    throw ConfigError(fmt::format("{}: is {}, not {}", path_, name(found), name(shard)));
  }
  if (const std::string found = text_of("PRAGMA quick_check"); found != "ok")
    throw ConfigError(fmt::format("{}: is damaged ({})", path_, found));
}

void SweepDatabase::add(const SweepRow& row) {
  std::string places;
  const std::size_t figures = figure_names().size();
  for (std::size_t i = 0; i < figures; ++i) places += fmt::format(", ?{}", 7 + i);
  Statement insert(database_, "INSERT INTO points VALUES (?1, ?2, ?3, ?4, ?5, ?6" + places + ")", path_);
  insert.bind(1, static_cast<std::int64_t>(row.number));
  insert.bind(2, row.point.network);
  insert.bind(3, row.point.stem);
  insert.bind(4, row.point.input_size);
  insert.bind(5, fmt::format("{}", fmt::join(row.point.settings, " ")));
  insert.bind(6, row.reason);
  for (std::size_t i = 0; i < row.figures.size(); ++i) insert.bind(7 + static_cast<int>(i), row.figures[i]);
  insert.step();
}

void SweepDatabase::add(const std::vector<SweepRow>& rows) {
  execute("BEGIN");
  for (const SweepRow& row : rows) add(row);
  execute("COMMIT");
}

std::vector<SweepRow> SweepDatabase::rows() const {
  Statement select(database_, "SELECT * FROM points ORDER BY number", path_);
  std::vector<SweepRow> found;
  const int figures = static_cast<int>(figure_names().size());
  while (select.step()) {
    SweepRow row;
    row.number = static_cast<std::size_t>(select.integer(0));
    row.point = {select.text(1), select.text(2), select.text(3), {}};
    std::istringstream settings(select.text(4));
    for (std::string each; settings >> each;) row.point.settings.push_back(each);
    row.reason = select.text(5);
    for (int i = 0; row.reason.empty() && i < figures; ++i) row.figures.push_back(select.real(6 + i));
    found.push_back(std::move(row));
  }
  return found;
}

}  // namespace ernsim::tools
