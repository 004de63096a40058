#include "compiler/schedule_text_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace ernsim::compiler {
namespace {

constexpr std::array<std::string_view, 7> kinds{"image", "weights",      "thresholds", "codes",
                                                "sums",  "instructions", "input"};

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

}  // namespace

const char* name_of(RegionKind kind) { return kinds.at(static_cast<std::size_t>(kind)).data(); }

const std::string& semaphore_name(std::size_t semaphore) { return semaphore_table().at(semaphore); }

std::optional<RegionKind> find_region_kind(std::string_view name) {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<RegionKind>(found - kinds.begin());
}

std::optional<UnitId> find_unit(std::string_view name) {
  for (const UnitId unit : each<UnitId>())
    if (name == ernsim::name_of(unit)) return unit;
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
  for (const UnitId unit : each<UnitId>()) names.emplace_back(ernsim::name_of(unit));
  return names;
}

std::vector<std::string_view> semaphore_names() { return {semaphore_table().begin(), semaphore_table().end()}; }

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
