#include "sweep/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <tuple>

#include "config/option_text.h"
#include "config/user_error.h"

namespace ernsim {

namespace {

std::optional<std::size_t> whole_number(const std::string& digits) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// Reads "I<between>N".
std::optional<SweepShard> shard_of(const std::string& text, const std::string& between) {
  const auto at = text.find(between);
  if (at == std::string::npos) return std::nullopt;
  const auto index = whole_number(text.substr(0, at)), count = whole_number(text.substr(at + between.size()));
  if (!index || !count || *index >= *count) return std::nullopt;
  return SweepShard{*index, *count};
}

/// The shard whose file has that name.
std::optional<SweepShard> shard_named(const std::string& file_name) {
  const std::string before = "shard-", behind = ".sqlite";
  if (file_name.size() < before.size() + behind.size()) return std::nullopt;
  const auto shard =
      shard_of(file_name.substr(before.size(), file_name.size() - before.size() - behind.size()), "-of-");
  return shard && shard->file_name() == file_name ? shard : std::nullopt;
}

}  // namespace

std::string SweepShard::text() const { return fmt::format("{}/{}", index, count); }

std::string SweepShard::file_name() const { return fmt::format("shard-{}-of-{}.sqlite", index, count); }

SweepShard parse_shard(const std::string& text, const SweepDefinition& definition) {
  const auto shard = shard_of(text, "/");
  if (!shard) throw UserError(fmt::format("--shard '{:.100}': must be I/N with 0 <= I < N, as in 0/4", text));
  const std::size_t points = points_of(definition).size();
  if (shard->count > points)
    throw UserError(fmt::format("--shard '{}': the sweep has {} points; N must be from 1 to {}", text, points, points));
  return *shard;
}

std::size_t parse_shard_count(const std::string& option, const std::string& text, const SweepDefinition& definition) {
  const auto points = static_cast<long long>(points_of(definition).size());
  return static_cast<std::size_t>(parse_integer(option, text, 1, points));
}

std::vector<std::size_t> points_of(const SweepDefinition& definition, const SweepShard& shard) {
  const auto all = points_of(definition);
  std::vector<std::size_t> points;
  for (std::size_t at = shard.index; at < all.size(); at += shard.count) points.push_back(all[at]);
  return points;
}

std::vector<SweepShard> shards_in(const std::string& directory) {
  std::vector<SweepShard> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error))
    if (const auto shard = shard_named(entry.path().filename().string())) found.push_back(*shard);
  const auto order = [](const SweepShard& shard) { return std::tuple(shard.count, shard.index); };
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return found;
}

void require_shards_of(std::size_t count, const std::string& directory) {
  for (const SweepShard& shard : shards_in(directory))
    if (shard.count != count)
      throw UserError(
          fmt::format("{}: has {}; a sweep in {} shards needs another --out", directory, shard.file_name(), count));
}

}  // namespace ernsim
