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

/// What stands for a run's beats: XXH3 (64 bit) of its addresses (4 bytes each), then data; and of its cycles (8 bytes
/// each).
struct RunHash {
  std::uint64_t values = 0;
  std::uint64_t cycles = 0;
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
  RunHash hash;  ///< only if hashed

  Cycle first_cycle() const { return cycles.front(); }
  Cycle last_cycle() const { return cycles.back(); }
};

}  // namespace ernsim::traces
