#pragma once

#include <string>
#include <vector>

#include "models/dram/dram_delays.h"
#include "timing/clock.h"

namespace ernsim {

enum class DramStandard { ddr3, ddr4, lpddr4, lpddr5 };

/// A memory that can be bought: geometry of a rank, clock, distances and lengths of commands. Read from a file.
struct DramPart {
  /// Clocks, nanoseconds, or both, of which the longer one holds, as JEDEC writes it.
  struct Delay {
    std::int64_t clocks = 0;
    double ns = 0;
  };

  std::string name;  ///< of a built-in part, or the file's path
  DramStandard standard = DramStandard::ddr4;
  std::int64_t clock_ps = 0;
  std::int64_t channel_bits = 0;
  std::int64_t bank_groups = 0;
  std::int64_t banks_per_group = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t burst_length = 0;
  std::int64_t activate_clocks = 0;  ///< length of the command on the command bus
  std::int64_t column_clocks = 0;
  std::int64_t precharge_clocks = 0;
  std::int64_t refresh_clocks = 0;
  EnumArray<DramDelayId, Delay> delays{};

  const Delay& delay(DramDelayId id) const { return delays[id]; }
  bool operator==(const DramPart& other) const { return name == other.name; }
};

/// Names of the built-in parts, in the order they are shown.
const std::vector<std::string>& dram_part_names();
/// The built-in part of that name, or the one in the file of that path. Throws ConfigError.
DramPart dram_part(const std::string& name_or_path);
/// That of the KV260.
const DramPart& default_dram_part();

}  // namespace ernsim
