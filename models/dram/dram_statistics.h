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

  DramStatistics& operator+=(const DramStatistics& o) {
    read_bytes += o.read_bytes;
    write_bytes += o.write_bytes;
    row_hits += o.row_hits;
    row_misses += o.row_misses;
    row_conflicts += o.row_conflicts;
    refreshes += o.refreshes;
    activates += o.activates;
    precharges += o.precharges;
    turnarounds += o.turnarounds;
    return *this;
  }
  DramStatistics& operator-=(const DramStatistics& o) {
    read_bytes -= o.read_bytes;
    write_bytes -= o.write_bytes;
    row_hits -= o.row_hits;
    row_misses -= o.row_misses;
    row_conflicts -= o.row_conflicts;
    refreshes -= o.refreshes;
    activates -= o.activates;
    precharges -= o.precharges;
    turnarounds -= o.turnarounds;
    return *this;
  }
};

/// What a port of the controller has moved on the DRAM's bus, whole accesses.
struct PortBytes {
  std::int64_t read = 0;
  std::int64_t write = 0;
};

}  // namespace ernsim
