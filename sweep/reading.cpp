#include "sweep/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "config/user_error.h"
#include "sweep/figures.h"
#include "sweep/lock.h"
#include "sweep/shard.h"
#include "sweep/sqlite_file.h"

namespace ernsim {

namespace {

const std::vector<std::string> leading_columns{"number", "network", "stem",       "input_size",     "settings",
                                               "reason", "notes",   "limited_by", "accuracy_source"};

/// A database that is read, and how to complain about it.
struct Database : SqliteFile {
  explicit Database(const std::string& file) : SqliteFile(file, false), path(file) {}
  [[noreturn]] void refuse(const std::string& why) const {
    throw UserError(fmt::format("{}: no sweep that can be shown: {}", path, why));
  }

  std::string path;
};

void check(const Database& database) {
  if (database.text("PRAGMA application_id") != std::to_string(sweep_application_id))
    database.refuse("it is no database of ernsim sweep");
  if (const std::string found = database.check(); found != "ok") database.refuse("it is damaged: " + found);
}

std::vector<std::string> columns_of(const Database& database, const Statement& rows) {
  std::vector<std::string> names;
  for (int i = 0; i < rows.columns(); ++i) names.push_back(rows.name(i));
  const auto sum = std::find(names.begin(), names.end(), "sum");
  if (names.size() <= leading_columns.size() + 1 || sum == names.end() ||
      !std::equal(leading_columns.begin(), leading_columns.end(), names.begin()))
    database.refuse("its table of points has other columns than sweep/README.md says");
  return {names.begin() + static_cast<std::ptrdiff_t>(leading_columns.size()), sum};
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

SweepReading::Point point_of(const Database& database, const Statement& row, std::size_t figures) {
  SweepReading::Point point;
  std::vector<std::string> texts;
  for (int i = 1; i < static_cast<int>(leading_columns.size()); ++i) texts.push_back(row.text(i));
  point.number = row.integer(0);
  point.network = texts[0];
  point.stem = texts[1];
  point.input_size = texts[2];
  point.settings = settings_of(texts[3]);
  point.reason = texts[4];
  point.notes = texts[5];
  point.limited_by = texts[6];
  point.accuracy_source = texts[7];
  for (std::size_t i = 0; i < figures; ++i) {
    const int column = static_cast<int>(leading_columns.size() + i);
    const bool known = row.type(column) != SQLITE_NULL;
    point.figures.push_back(known ? row.real(column) : std::nan(""));
  }
  if (row.text(static_cast<int>(leading_columns.size() + figures)) != sum_of(point.number, texts, point.figures))
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
  SweepState state;
  if (const std::string planned = database.meta("planned"); !planned.empty())
    state.planned = std::strtoull(planned.c_str(), nullptr, 10);
  state.shard = database.meta("shard");
  state.file = database.meta("file");
  state.options = database.meta("options");
  state.refusal = database.meta("refusal");
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
    SweepReading::Point point{static_cast<std::int64_t>(row.number),
                              row.point.network,
                              row.point.stem,
                              row.point.input_size,
                              settings_of(settings_text(row.point)),
                              row.reason,
                              row.figures,
                              row.notes,
                              row.limited_by,
                              row.accuracy_source};
    point.figures.resize(sweep.figures.size(), std::nan(""));
    sweep.points.push_back(std::move(point));
  }
  sweep.state.finished = rows.size();
  sweep.state.planned = definition.search ? rows.size() : points_of(definition).size();
  sweep.state.file = definition.file;
  sweep.state.options = definition.options;
  return sweep;
}

SweepReading read_sweep(const std::string& path) {
  if (!std::filesystem::exists(path)) refuse_absent(path);
  return from_user([&path] {
    const Database database(path);
    check(database);
    SweepReading sweep;
    sweep.definition = database.meta("definition");
    Statement rows = database.prepare("SELECT * FROM points ORDER BY number");
    sweep.figures = columns_of(database, rows);
    while (rows.step()) sweep.points.push_back(point_of(database, rows, sweep.figures.size()));
    sweep.state = state_of(database, path);
    sweep.state.finished = sweep.points.size();
    if (sweep.points.empty())
      database.refuse(sweep.state.refusal.empty() ? "no point of it is finished yet" : refusal_sentence(sweep.state));
    return sweep;
  });
}

}  // namespace ernsim
