#include "report/profile_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "output/rounded.h"

namespace ernsim {

namespace {

using Json = nlohmann::ordered_json;
using Bins = RunProfile::Bins;

/// Where the bins begin and how long they are.
struct BinEdges {
  Cycle width;
  Cycle cycles;
  std::size_t count() const { return static_cast<std::size_t>((cycles + width - 1) / width); }
  Cycle length(std::size_t bin) const { return std::min(width, cycles - static_cast<Cycle>(bin) * width); }
};

/// Amounts per cycle, times `factor`.
Json per_cycle(const Bins& amounts, const BinEdges& edges, double factor) {
  Json all = Json::array();
  for (std::size_t bin = 0; bin < amounts.size(); ++bin)
    all.push_back(rounded(static_cast<double>(amounts[bin]) * factor / static_cast<double>(edges.length(bin))));
  return all;
}

Json starts_json(const BinEdges& edges) {
  Json all = Json::array();
  for (std::size_t bin = 0; bin < edges.count(); ++bin) all.push_back(static_cast<Cycle>(bin) * edges.width);
  return all;
}

/// Of the causes that the unit met.
Json causes_json(const EnumArray<StallCause, Bins>& causes) {
  Json all = Json::object();
  for (const StallCause cause : each<StallCause>()) {
    const Bins& bins = causes[cause];
    if (std::any_of(bins.begin(), bins.end(), [](auto cycles) { return cycles != 0; })) all[name_of(cause)] = bins;
  }
  return all;
}

Json units_json(const RunProfile& profile) {
  Json units = Json::object();
  for (const UnitId unit : each<UnitId>()) {
    const auto& cycles = profile.cycles[unit];
    units[name_of(unit)] = {{"busy_cycles", cycles[Activity::busy]},
                            {"stalled_cycles", cycles[Activity::stalled]},
                            {"idle_cycles", cycles[Activity::idle]},
                            {"stall_cycles", causes_json(profile.stalled_cycles[unit])}};
  }
  return units;
}

Json memory_json(const RunProfile::Memory& memory, const BinEdges& edges) {
  const auto peak =
      memory.peak_words.empty() ? 0 : *std::max_element(memory.peak_words.begin(), memory.peak_words.end());
  const auto total = std::accumulate(memory.word_cycles.begin(), memory.word_cycles.end(), std::int64_t{0});
  const auto whole = static_cast<double>(std::max<Cycle>(edges.cycles, 1));
  return {{"capacity_words", memory.capacity_words},
          {"peak_words", peak},
          {"mean_words", rounded(static_cast<double>(total) / whole)},
          {"peak_words_per_bin", memory.peak_words},
          {"mean_words_per_bin", per_cycle(memory.word_cycles, edges, 1)}};
}

}  // namespace

Json profile_json(const RunReport& report) {
  const RunProfile& profile = *report.profile;
  const BinEdges edges{profile.bin_cycles, report.result.cycles};
  const double gb_s_per_byte_per_cycle =
      static_cast<double>(report.result.cycles) / (report.accelerator_ms * 1e6);  // cycles per ns
  Json memories = Json::object();
  for (std::size_t i = 0; i < on_chip_memory_count; ++i)
    memories[name_of(static_cast<MemoryId>(i))] = memory_json(profile.memories[i], edges);
  return {{"bin_cycles", profile.bin_cycles},
          {"start_cycles", starts_json(edges)},
          {"units", units_json(profile)},
          {"dram",
           {{"read_bytes", profile.dram_read_bytes},
            {"write_bytes", profile.dram_write_bytes},
            {"read_gb_s", per_cycle(profile.dram_read_bytes, edges, gb_s_per_byte_per_cycle)},
            {"write_gb_s", per_cycle(profile.dram_write_bytes, edges, gb_s_per_byte_per_cycle)}}},
          {"memories", memories}};
}

}  // namespace ernsim
