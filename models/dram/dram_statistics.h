#pragma once

#include <cstdint>

namespace ernsim {

/// Counters of the DDR4 controller. Bytes are those on the DRAM bus (64-byte bursts).
struct DramStatistics {
  std::int64_t read_bytes = 0;
  std::int64_t write_bytes = 0;
  std::int64_t row_hits = 0;       ///< column accesses served without an ACT of their own
  std::int64_t row_misses = 0;     ///< column accesses for which an ACT was issued
  std::int64_t row_conflicts = 0;  ///< those of the misses for which a PRE was issued too
  std::int64_t refreshes = 0;
  std::int64_t activates = 0;
  std::int64_t precharges = 0;   ///< banks closed, by PRE, by auto-precharge, or all at once for a refresh
  std::int64_t turnarounds = 0;  ///< changes between read and write on the data bus
};

}  // namespace ernsim
