#include "compiler/schedule_text_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace ernsim::compiler {
namespace {

constexpr std::array<std::string_view, 6> kinds{"image", "weights", "thresholds", "codes", "sums", "instructions"};

const std::array<std::string, semaphore_count>& semaphore_table() {
  static const auto table = [] {
    std::array<std::string, semaphore_count> names;
    for (std::size_t s = 0; s < semaphore_count; ++s)
      names[s] = fmt::format("{}:{}->{}", ernsim::name_of(semaphores[s].memory), ernsim::name_of(semaphores[s].from),
                             ernsim::name_of(semaphores[s].to));
    return names;
  }();
  return table;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

const char* name_of(RegionKind kind) { return kinds.at(static_cast<std::size_t>(kind)).data(); }

const std::string& semaphore_name(std::size_t semaphore) { return semaphore_table().at(semaphore); }

std::optional<RegionKind> find_region_kind(std::string_view name) {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<RegionKind>(found - kinds.begin());
}

std::optional<UnitId> find_unit(std::string_view name) {
  for (std::size_t u = 0; u < unit_count; ++u)
    if (name == ernsim::name_of(static_cast<UnitId>(u))) return static_cast<UnitId>(u);
  return std::nullopt;
}

std::optional<std::uint8_t> find_semaphore(std::string_view name) {
  const auto& table = semaphore_table();
  const auto found = std::find(table.begin(), table.end(), name);
  if (found == table.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - table.begin());
}

std::vector<std::string_view> region_kind_names() { return {kinds.begin(), kinds.end()}; }

std::vector<std::string_view> unit_names() {
  std::vector<std::string_view> names;
  for (std::size_t u = 0; u < unit_count; ++u) names.emplace_back(ernsim::name_of(static_cast<UnitId>(u)));
  return names;
}

std::vector<std::string_view> semaphore_names() { return {semaphore_table().begin(), semaphore_table().end()}; }

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& names) {
  word = word.substr(0, 64);
  std::string_view best;
  std::size_t best_distance = static_cast<std::size_t>(-1);
  for (const auto name : names) {
    const std::size_t distance = edit_distance(word, name);
    if (distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out = "'";
  for (const char c : text.substr(0, longest)) {
    if (c >= ' ' && c <= '~')
      out += c;
    else
      out += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
  }
  return out + (text.size() > longest ? "...'" : "'");
}

}  // namespace ernsim::compiler
