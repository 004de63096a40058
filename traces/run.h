#pragma once

#include <cstdint>
#include <vector>

#include "timing/clock.h"

namespace ernsim::traces {

/// What the beats of a run belong to.
struct RunContext {
  bool known = false;
  std::uint16_t layer = 0, block = 0, row = 0, column = 0;  ///< of the instruction
  std::uint16_t tile_columns = 0;                           ///< 0: the beats are not the pixels of a tile

  bool operator==(const RunContext& o) const {
    return known == o.known && layer == o.layer && block == o.block && row == o.row && column == o.column &&
           tile_columns == o.tile_columns;
  }
};

/// Beats of one channel that were reported together, in ascending order of cycles. With hashes only, `cycles` holds the
/// first and the last one, `addresses` the first one, `data` nothing.
struct Run {
  RunContext context;
  std::uint64_t count = 0;
  std::vector<Cycle> cycles;             ///< [count]
  std::vector<std::uint32_t> addresses;  ///< [count]
  std::vector<std::uint8_t> data;        ///< [count][word_bytes]
  bool hashed = false;
  std::uint64_t value_hash = 0;  ///< over addresses and data
  std::uint64_t cycle_hash = 0;  ///< over cycles

  Cycle first_cycle() const { return cycles.front(); }
  Cycle last_cycle() const { return cycles.back(); }
};

/// XXH3 of the run's addresses, then data; and of its cycles.
std::uint64_t value_hash(const Run& run);
std::uint64_t cycle_hash(const Run& run);

}  // namespace ernsim::traces
