#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sweep/lock.h"
#include "sweep/row.h"
#include "sweep/sqlite_file.h"

namespace ernsim {

/// Results of a sweep in an SQLite file, one row per finished point (README.md has the schema). A row is written in one
/// transaction, so the process may be killed at any moment.
class SweepDatabase {
 public:
  /// Throws ConfigError if the file is no sweep of this program or damaged, if another process writes it, or if its
  /// points are those of another definition or another shard; `shard` is as "0/4", empty for the whole sweep. With
  /// `resume`, rows that would be others with this definition's constraints and must_fit are removed, and accuracies
  /// become this definition's; with `read`,
  /// a file that was made with others is refused; with `replace` it is not.
  SweepDatabase(const std::string& path, const SweepDefinition& definition, SweepAccess access,
                const std::string& shard = "");
  SweepDatabase(const SweepDatabase&) = delete;
  SweepDatabase& operator=(const SweepDatabase&) = delete;

  /// Throws ConfigError if nothing can be added.
  void require_writable() const;
  void add(const SweepRow& row);
  /// No more points are planned than there are: a search found all it could, or as many as it may. `refusal` is why
  /// the first one was refused that it did not have simulated, kept if that are all; empty: none was.
  void end_search(const std::string& refusal);
  /// All of them or none.
  void add(const std::vector<SweepRow>& rows);
  /// All finished points, by number. Throws ConfigError if a row is not what was written.
  std::vector<SweepRow> rows() const;

 private:
  void make() const;
  void check() const;
  void check_version() const;
  void check_goals() const;
  void take_goals();
  bool take_accuracies();
  std::vector<std::size_t> outdated() const;
  SweepRow row_of(const Statement& found) const;
  void insert(Statement& statement, const SweepRow& row) const;

  std::string path_, shard_;
  SweepDefinition definition_;
  std::vector<std::size_t> points_;  ///< numbers that rows may have
  SweepLock file_;  ///< outlives the database: closing a file takes the locks away that SQLite has on it
  std::optional<SqliteFile> database_;
};

}  // namespace ernsim
