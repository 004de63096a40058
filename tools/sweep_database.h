#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/sweep_definition.h"

struct sqlite3;

namespace ernsim::tools {

/// What became of a point.
struct SweepRow {
  std::size_t number = 0;
  SweepPoint point;
  std::string reason;           ///< why it could not be simulated; empty if it was
  std::vector<double> figures;  ///< in the order of figure_names(); empty if it was not
};

/// Results of a sweep in an SQLite file, one row per finished point (SWEEP.md has the schema). A row is written in one
/// transaction, so the process may be killed at any moment.
class SweepDatabase {
 public:
  /// Makes the file, or opens it with `resume`. Throws ConfigError if it exists and `resume` is not set, if it is no
  /// sweep of this program or damaged, or if it was made from another definition or is another shard; `shard` is as
  /// "0/4", empty for the whole sweep.
  SweepDatabase(const std::string& path, const SweepDefinition& definition, bool resume, const std::string& shard = "");
  ~SweepDatabase();
  SweepDatabase(const SweepDatabase&) = delete;
  SweepDatabase& operator=(const SweepDatabase&) = delete;

  void add(const SweepRow& row);
  /// All of them or none.
  void add(const std::vector<SweepRow>& rows);
  /// All finished points, by number.
  std::vector<SweepRow> rows() const;

 private:
  void execute(const std::string& sql) const;
  std::string text_of(const std::string& sql) const;
  std::string meta(const std::string& key) const;
  void set_meta(const std::string& key, const std::string& value) const;
  void check_version() const;
  void make(const SweepDefinition& definition, const std::string& shard);
  void check(const SweepDefinition& definition, const std::string& shard) const;

  std::string path_;
  sqlite3* database_ = nullptr;
};

}  // namespace ernsim::tools
