#include "sweep/database.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "sweep/accuracy.h"
#include "sweep/axis_columns.h"
#include "sweep/figures.h"
#include "sweep/point_job.h"
#include "sweep/shard.h"

namespace ernsim {

namespace {

constexpr const char* schema_version = "6";
constexpr int first_figure =
    9;  ///< columns before: number, network, stem, input_size, settings, reason, notes, limited_by, accuracy_source

std::vector<std::size_t> numbers_of(const SweepDefinition& definition, const std::string& shard) {
  return shard.empty() ? points_of(definition) : points_of(definition, parse_shard(shard, definition));
}

int axes_begin() { return first_figure + static_cast<int>(figure_names().size()) + 1; }

std::string insert_sql(std::size_t axes) {
  std::string places = "?1";
  for (std::size_t i = 2; i <= first_figure + figure_names().size() + 1 + axes; ++i) places += fmt::format(", ?{}", i);
  return fmt::format("INSERT INTO points VALUES ({})", places);
}

/// The figures of a row: all of them if it was simulated, otherwise those known before or none. False if it is another
/// way.
bool read_figures(const Statement& found, bool simulated, std::vector<double>& figures) {
  std::size_t known = 0;
  bool as_it_must_be = true;
  for (std::size_t i = 0; i < figure_names().size(); ++i) {
    const int column = first_figure + static_cast<int>(i), type = found.type(column);
    const bool is_number = type == SQLITE_FLOAT && std::isfinite(found.real(column));
    const std::string& name = figure_names()[i];
    const bool may_be = simulated || is_known_before(name), may_lack = !simulated || may_be_unknown(name);
    as_it_must_be = as_it_must_be && (is_number ? may_be : type == SQLITE_NULL && may_lack);
    known += is_number ? 1 : 0;
    figures.push_back(is_number ? found.real(column) : std::nan(""));
  }
  if (known == 0) figures.clear();
  return as_it_must_be;
}

}  // namespace

SweepDatabase::SweepDatabase(const std::string& path, const SweepDefinition& definition, SweepAccess access,
                             const std::string& shard)
    : path_(path), shard_(shard), definition_(definition), points_(numbers_of(definition, shard)), file_(path, access) {
  if (file_.empty() && access == SweepAccess::replace) return;
  if (file_.empty() && !file_.writable()) throw ConfigError(fmt::format("{}: is empty: no sweep", path));
  database_.emplace(path_, file_.writable());
  if (database_->text("SELECT name FROM sqlite_master LIMIT 1").empty())
    make();
  else
    check();
  if (access == SweepAccess::resume)
    take_goals();
  else if (access == SweepAccess::read)
    check_goals();
}

void SweepDatabase::require_writable() const {
  if (!file_.writable()) throw ConfigError(fmt::format("{}: lacks points and cannot be written", path_));
}

void SweepDatabase::make() const {
  require_writable();
  database_->execute("BEGIN");
  database_->execute(fmt::format("PRAGMA application_id = {}", sweep_application_id));
  database_->execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
  database_->execute(fmt::format(
      "CREATE TABLE points (number INTEGER PRIMARY KEY, network TEXT, stem TEXT, input_size TEXT, settings TEXT, "
      "reason TEXT, notes TEXT, limited_by TEXT, accuracy_source TEXT, {} REAL, sum TEXT{})",
      fmt::join(figure_names(), " REAL, "), axis_columns_sql(definition_)));
  database_->set_meta("schema_version", schema_version);
  database_->set_meta("program_version", ERNSIM_VERSION);
  database_->set_meta("definition", definition_.text);
  database_->set_meta("points", points_text(definition_));
  database_->set_meta("skips", skips_text(definition_));
  database_->set_meta("accuracy", definition_.accuracy.text());
  database_->set_meta("platform", definition_.platform_values);
  database_->set_meta("networks", definition_.own.text());
  const std::size_t planned = definition_.search
                                  ? std::min(definition_.search->points, static_cast<std::size_t>(definition_.grid()))
                                  : points_of(definition_).size();
  database_->set_meta("planned", std::to_string(planned));
  database_->set_meta("file", definition_.file);
  database_->set_meta("options", definition_.options);
  if (!shard_.empty()) database_->set_meta("shard", shard_);
  database_->execute("COMMIT");
}

void SweepDatabase::check_version() const {
  const std::string columns =
      fmt::format("number,network,stem,input_size,settings,reason,notes,limited_by,accuracy_source,{},sum",
                  fmt::join(figure_names(), ","));
  if (database_->meta("schema_version") != schema_version || database_->meta("program_version") != ERNSIM_VERSION ||
      database_->text(fmt::format("SELECT group_concat(name) FROM pragma_table_info('points') WHERE cid < {}",
                                  axes_begin())) != columns)
    throw ConfigError(fmt::format("{}: was written by another version", path_));
}

void SweepDatabase::check() const {
  check_version();
  if (database_->meta("points") != points_text(definition_))
    throw ConfigError(fmt::format("{}: was made from another sweep file, which has other points", path_));
  if (database_->meta("platform") != definition_.platform_values)
    throw ConfigError(fmt::format("{}: was made when platform {} had other values", path_, definition_.platform));
  if (database_->meta("networks") != definition_.own.text())
    throw ConfigError(fmt::format("{}: was made when a network's file had other contents", path_));
  if (const std::string found = database_->meta("shard"); found != shard_) {
    const auto name = [](const std::string& text) { return text.empty() ? "the whole sweep" : "shard " + text; };
    throw ConfigError(fmt::format("{}: is {}, not {}", path_, name(found), name(shard_)));
  }
  if (const std::string found = database_->check(); found != "ok")
    throw ConfigError(fmt::format("{}: is damaged ({})", path_, found));
}

void SweepDatabase::check_goals() const {
  if (database_->meta("skips") != skips_text(definition_))
    throw ConfigError(fmt::format(
        "{}: was made with other constraints on resources or another must_fit; --resume brings it up to date", path_));
  if (database_->meta("accuracy") != definition_.accuracy.text())
    throw ConfigError(fmt::format("{}: was made with other accuracies; --resume brings it up to date", path_));
}

void SweepDatabase::take_goals() {
  if (!file_.writable()) return check_goals();
  if (database_->meta("file") != definition_.file) database_->set_meta("file", definition_.file);
  const bool other_accuracies = take_accuracies();
  if (!other_accuracies && database_->meta("definition") == definition_.text) return;
  const bool decides = other_accuracies && std::any_of(definition_.constraints.begin(), definition_.constraints.end(),
                                                       [](const auto& each) { return each.figure == "accuracy"; });
  const bool same_skips = !decides && database_->meta("skips") == skips_text(definition_);
  const auto numbers = same_skips ? std::vector<std::size_t>{} : outdated();
  database_->execute("BEGIN");
  for (const std::size_t number : numbers)
    database_->execute(fmt::format("DELETE FROM points WHERE number = {}", number));
  database_->set_meta("definition", definition_.text);
  database_->set_meta("skips", skips_text(definition_));
  database_->execute("COMMIT");
}

/// Gives rows the accuracies that their networks have now. Whether one had another.
bool SweepDatabase::take_accuracies() {
  const std::size_t place = figure_place("accuracy");
  std::vector<SweepRow> others;
  for (SweepRow& row : rows()) {
    const SweepAccuracy now = accuracy_of(definition_, row.point);
    const double known = row.figures.empty() ? std::nan("") : row.figures[place];
    const bool same = known == now.share || (std::isnan(known) && (std::isnan(now.share) || row.figures.empty()));
    if (same && row.accuracy_source == now.source) continue;
    if (!row.figures.empty()) row.figures[place] = now.share;
    row.accuracy_source = now.source;
    others.push_back(std::move(row));
  }
  const bool other_text = database_->meta("accuracy") != definition_.accuracy.text();
  if (others.empty() && !other_text) return false;
  database_->execute("BEGIN");
  for (const SweepRow& row : others) {
    database_->execute(fmt::format("DELETE FROM points WHERE number = {}", row.number));
    add(row);
  }
  database_->set_meta("accuracy", definition_.accuracy.text());
  database_->execute("COMMIT");
  return true;
}

/// Points that were skipped and would not be, or the other way round, or for another reason. Those that could not be
/// compiled are among them: they say so again.
std::vector<std::size_t> SweepDatabase::outdated() const {
  std::vector<std::size_t> numbers;
  for (const SweepRow& row : rows())
    if (reason_to_skip(definition_, row.point) != row.reason) numbers.push_back(row.number);
  return numbers;
}

void SweepDatabase::insert(Statement& statement, const SweepRow& row) const {
  statement.bind(1, static_cast<std::int64_t>(row.number));
  statement.bind(2, row.point.network);
  statement.bind(3, row.point.stem);
  statement.bind(4, row.point.input_size);
  statement.bind(5, settings_text(row.point));
  statement.bind(6, row.reason);
  statement.bind(7, row.notes);
  statement.bind(8, row.limited_by);
  statement.bind(9, row.accuracy_source);
  for (std::size_t i = 0; i < row.figures.size(); ++i)
    if (!std::isnan(row.figures[i])) statement.bind(first_figure + 1 + static_cast<int>(i), row.figures[i]);
  statement.bind(first_figure + 1 + static_cast<int>(figure_names().size()), sum_of(row));
  bind_axes(statement, axes_begin() + 1, definition_, row.point);
  statement.step();
}

void SweepDatabase::end_search(const std::string& refusal) {
  const std::size_t found = rows().size();
  database_->set_meta("planned", std::to_string(found));
  database_->set_meta("refusal", found == 0 ? refusal : "");
}

void SweepDatabase::add(const SweepRow& row) {
  Statement statement = database_->prepare(insert_sql(definition_.axes.size()));
  insert(statement, row);
}

void SweepDatabase::add(const std::vector<SweepRow>& rows) {
  database_->execute("BEGIN");
  for (const SweepRow& row : rows) add(row);
  database_->execute("COMMIT");
}

SweepRow SweepDatabase::row_of(const Statement& found) const {
  const auto refuse = [&](const std::string& why) {
    throw ConfigError(fmt::format("{}: is damaged: has point {}, {}", path_, found.integer(0), why));
  };
  SweepRow row{
      static_cast<std::size_t>(found.integer(0)), {}, found.text(5), {}, found.text(6), found.text(7), found.text(8)};
  if (definition_.search ? found.integer(0) < 0 || found.integer(0) >= definition_.grid()
                         : !std::binary_search(points_.begin(), points_.end(), row.number))
    refuse(shard_.empty() ? "which is not of this sweep" : "which is not of this shard");
  row.point = point_of(definition_, found.integer(0));
  const SweepPoint& point = row.point;
  if (found.text(1) != point.network || found.text(2) != point.stem || found.text(3) != point.input_size ||
      found.text(4) != settings_text(point))
    refuse("which has other settings in this sweep");
  if (!read_figures(found, row.reason.empty(), row.figures)) refuse("whose figures are not what they must be");
  if (found.text(first_figure + static_cast<int>(figure_names().size())) != sum_of(row))
    refuse("whose row does not match its sum");
  if (!has_axes(found, axes_begin(), definition_, point)) refuse("whose columns of axes are not its settings");
  return row;
}

std::vector<SweepRow> SweepDatabase::rows() const {
  Statement select = database_->prepare("SELECT * FROM points ORDER BY number");
  std::vector<SweepRow> found;
  while (select.step()) found.push_back(row_of(select));
  return found;
}

}  // namespace ernsim
