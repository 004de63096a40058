#pragma once

#include "models/dram/dram_config.h"
#include "timing/clock.h"

namespace ernsim {

inline constexpr std::uint64_t dram_access_bytes = 64;  ///< one BL8 burst of a 64-bit channel
inline constexpr Cycle dram_burst_cycles = 4;           ///< BL8, two beats a cycle
inline constexpr std::size_t dram_max_banks = 16;
inline constexpr std::size_t dram_max_bank_groups = 4;

/// Distances between commands in memory clock cycles (833 ps) and the geometry of one rank.
///
/// Names are those of JEDEC JESD79-4. `_s`: to a different bank group, `_l`: within the same one.
struct DramTiming {
  Cycle cl = 16;    ///< RD to first data
  Cycle cwl = 12;   ///< WR to first data
  Cycle rcd = 16;   ///< ACT to RD or WR
  Cycle rp = 16;    ///< PRE to ACT or REF
  Cycle ras = 40;   ///< ACT to PRE
  Cycle rc = 57;    ///< ACT to ACT, same bank
  Cycle rrd_s = 4;  ///< ACT to ACT
  Cycle rrd_l = 6;
  Cycle faw = 26;   ///< first to fifth ACT of the rank
  Cycle ccd_s = 4;  ///< RD to RD, WR to WR
  Cycle ccd_l = 6;
  Cycle wr = 18;    ///< end of write data to PRE
  Cycle wtr_s = 3;  ///< end of write data to RD
  Cycle wtr_l = 9;
  Cycle rtp = 9;      ///< RD to PRE
  Cycle rfc = 420;    ///< REF to ACT or REF
  Cycle refi = 9360;  ///< average distance of REF

  int bank_group_bits = 2;
  int bank_bits = 2;  ///< banks of one bank group
  int row_bits = 16;
  int access_bits = 7;  ///< 64-byte accesses of a row: 1024 columns of 64 bits

  int banks() const { return 1 << (bank_group_bits + bank_bits); }
  Cycle read_latency() const { return cl + dram_burst_cycles; }
  Cycle write_latency() const { return cwl + dram_burst_cycles; }
  Cycle read_to_write() const { return cl + dram_burst_cycles + 2 - cwl; }
  Cycle write_to_read_s() const { return write_latency() + wtr_s; }
  Cycle write_to_read_l() const { return write_latency() + wtr_l; }
  Cycle write_to_precharge() const { return write_latency() + wr; }
};

DramTiming dram_timing(DramPart part);

/// 833 ps: DDR4-2400. JEDEC writes 0.833 ns; 64 bytes every four cycles are 19.21 GB/s.
Clock dram_clock(const DramConfig& config);

}  // namespace ernsim
