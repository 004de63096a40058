#pragma once

#include <cstdint>

#include "config/enum_array.h"
#include "timing/clock.h"

namespace ernsim {

/// Why a unit that has work does not work: the resource it waits for.
enum class StallCause : std::uint8_t {
  none,
  instructions,  ///< the instruction fetch
  input,         ///< activations
  weights,       ///< weight panes
  thresholds,
  accumulators,
  residuals,
  output_buffer,  ///< space in the memory written to
  external,       ///< a store that must come first
  memory,         ///< external memory: latency and bandwidth behind the port
  port,           ///< another engine uses the AXI port
  row_miss,       ///< external memory: a row had to be opened
  turnaround,     ///< external memory: the data bus changed between reading and writing
  refresh,        ///< external memory: a refresh came first
  bank,           ///< words in the same bank of an on-chip memory
};
constexpr std::size_t count_of(StallCause) { return 15; }
const char* name_of(StallCause cause);

/// What a unit does with a cycle.
enum class Activity : std::uint8_t { busy, stalled, idle };
constexpr std::size_t count_of(Activity) { return 3; }

/// Operations and bytes on chip that instructions took, whether or not values move.
struct Work {
  std::int64_t macs = 0;         ///< of a 1-bit weight and a 2-bit code, those of zero padding included
  std::int64_t additions = 0;    ///< to an accumulator or of a residual
  std::int64_t comparisons = 0;  ///< with a threshold
  std::int64_t read_bytes = 0;   ///< from on-chip memories
  std::int64_t write_bytes = 0;  ///< to on-chip memories

  Work& operator+=(const Work& other) {
    macs += other.macs;
    additions += other.additions;
    comparisons += other.comparisons;
    read_bytes += other.read_bytes;
    write_bytes += other.write_bytes;
    return *this;
  }
};

/// Cycles of one unit. busy + sum of stalled + idle = cycles from the start command to the completion interrupt.
struct UnitStatistics {
  Cycle busy_cycles = 0;  ///< does useful work
  EnumArray<StallCause, Cycle> stalled_cycles{};
  Cycle idle_cycles = 0;  ///< its stream is finished
  std::int64_t instructions = 0;
  Work work;
};

}  // namespace ernsim
