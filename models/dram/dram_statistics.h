#pragma once

#include <cstdint>

namespace ernsim {

/// Counters of the DDR4 controller. Bytes are those on the DRAM bus (64-byte bursts).
struct DramStatistics {
  std::int64_t read_bytes = 0;
  std::int64_t write_bytes = 0;
  std::int64_t row_hits = 0;       ///< column accesses to a row already open when the request was first considered
  std::int64_t row_misses = 0;     ///< column accesses that needed an ACT
  std::int64_t row_conflicts = 0;  ///< those of the misses that needed a PRE first
  std::int64_t refreshes = 0;
  std::int64_t activates = 0;
  std::int64_t precharges = 0;
  std::int64_t turnarounds = 0;    ///< changes between read and write on the data bus
};

}  // namespace ernsim
