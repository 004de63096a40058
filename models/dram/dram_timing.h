#pragma once

#include "models/dram/dram_config.h"
#include "timing/clock.h"

namespace ernsim {

inline constexpr std::size_t dram_max_ranks = 2;
inline constexpr std::size_t dram_max_banks = 32;        ///< of all ranks
inline constexpr std::size_t dram_max_bank_groups = 16;  ///< of all ranks

/// Geometry of a rank and distances between commands, from start to start, in memory clock cycles.
///
/// JEDEC counts from the end of a command to the end of the next; commands of several clocks have other distances from
/// start to start. `_s`: to a different bank group, `_l`: within the same one.
struct DramTiming {
  Clock clock;
  std::uint64_t access_bytes = 0;  ///< of a burst
  Cycle burst = 0;                 ///< cycles a burst has the data bus
  int bank_group_bits = 0;
  int bank_bits = 0;  ///< banks of one bank group
  int rank_bits = 0;
  int row_bits = 0;
  int access_bits = 0;  ///< bursts of a row

  Cycle activate_length = 1, column_length = 1, precharge_length = 1, refresh_length = 1;  ///< on the command bus

  Cycle read_latency = 0;   ///< RD to the end of the data
  Cycle write_latency = 0;  ///< WR likewise
  Cycle activate_to_column = 0;
  Cycle activate_to_precharge = 0;
  Cycle activate_to_activate = 0;  ///< of one bank
  Cycle rrd_s = 0, rrd_l = 0;      ///< ACT to ACT
  Cycle faw = 0;                   ///< first to fifth ACT of a rank
  Cycle ccd_s = 0, ccd_l = 0;      ///< RD to RD, WR to WR
  Cycle read_to_write = 0;
  Cycle write_to_read_s = 0, write_to_read_l = 0;
  Cycle read_to_precharge = 0;
  Cycle write_to_precharge = 0;
  Cycle precharge_to_activate = 0;
  Cycle precharge_to_precharge = 0;
  Cycle precharge_to_refresh = 0;  ///< one bank
  Cycle precharge_all_to_activate = 0;
  Cycle precharge_all_to_refresh = 0;
  Cycle activate_to_refresh = 0;  ///< of one bank
  Cycle refresh_to_activate = 0;  ///< all banks
  Cycle refresh_to_refresh = 0;
  Cycle bank_refresh_to_activate = 0;  ///< of the bank refreshed
  Cycle bank_refresh_to_refresh = 0;   ///< any bank
  Cycle refresh_interval = 0;          ///< average distance of REF of all banks
  Cycle rank_read_to_read = 0;         ///< of different ranks, here and below
  Cycle rank_write_to_write = 0;
  Cycle rank_read_to_write = 0;
  Cycle rank_write_to_read = 0;

  int banks() const { return 1 << (bank_group_bits + bank_bits); }  ///< of a rank
  int ranks() const { return 1 << rank_bits; }
};

/// Throws ConfigError if the part cannot do what the configuration asks for.
DramTiming dram_timing(const DramConfig& config);

Clock dram_clock(const DramConfig& config);
/// Bytes of a burst, and how long it has the data bus.
std::int64_t dram_access_bytes(const DramConfig& config);
Picoseconds dram_burst_ps(const DramConfig& config);
/// Of all channels and ranks.
std::uint64_t dram_capacity_bytes(const DramConfig& config);
/// Of all channels: one burst after the other.
double dram_peak_gb_s(const DramConfig& config);

}  // namespace ernsim
