#include "sweep/merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "config/user_error.h"
#include "output/staged_file.h"
#include "sweep/database.h"
#include "sweep/shard.h"

namespace ernsim {

namespace {

namespace fs = std::filesystem;

/// Into how many shards the sweep was divided.
std::size_t count_of_shards(const std::string& directory) {
  const auto found = shards_in(directory);
  if (found.empty()) throw UserError(fmt::format("{}: has no shard-I-of-N.sqlite to merge", directory));
  require_shards_of(found.front().count, directory);
  return found.front().count;
}

/// Moves the rows of a shard to the others; says what it lacks, or nothing.
std::string take(const SweepDefinition& definition, const SweepShard& shard, const std::string& directory,
                 std::vector<SweepRow>& rows) {
  const std::string path = directory + "/" + shard.file_name();
  if (!fs::exists(path)) return fmt::format("shard {} is missing", shard.text());
  const std::size_t expected = points_of(definition, shard).size();
  std::vector<SweepRow> found;
  if (!fs::is_regular_file(path) || fs::file_size(path) > 0)  // empty: its task was killed at once
    found = SweepDatabase(path, definition, SweepAccess::read, shard.text()).rows();
  rows.insert(rows.end(), found.begin(), found.end());
  if (found.size() == expected) return "";
  return fmt::format("shard {} lacks {} of {} points", shard.text(), expected - found.size(), expected);
}

std::vector<SweepRow> all_rows(const SweepDefinition& definition, const std::string& directory) {
  const std::size_t count = count_of_shards(directory);
  std::vector<SweepRow> rows;
  std::vector<std::string> lacking;
  for (std::size_t index = 0; index < count; ++index)
    if (auto lack = take(definition, {index, count}, directory, rows); !lack.empty()) lacking.push_back(lack);
  if (!lacking.empty()) throw UserError(fmt::format("{}: {}", directory, fmt::join(lacking, ", ")));
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return rows;
}

}  // namespace

void merge_shards(const SweepDefinition& definition, const std::string& directory) {
  const std::string target = directory + "/sweep.sqlite";
  if (fs::exists(target)) from_user([&] { SweepDatabase(target, definition, SweepAccess::replace); });
  const auto rows = from_user([&] { return all_rows(definition, directory); });
  StagedFile staged(target);
  SweepDatabase(staged.staging(), definition, SweepAccess::resume).add(rows);
  staged.commit();
}

}  // namespace ernsim
