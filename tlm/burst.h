#pragma once

#include <cstdint>

#include "config/enum_array.h"

#include "timing/clock.h"

namespace ernsim {

/// Who issues bursts. The order is also the order of arbitration when two become ready in the same cycle.
enum class InitiatorId : std::uint8_t {
  load_activations,
  load_weights,
  load_thresholds,
  load_residuals,
  store,
  control
};
constexpr std::size_t count_of(InitiatorId) { return 6; }

/// One AXI burst: at most 16 beats, inside one 4 KiB page.
struct Burst {
  std::uint64_t address = 0;
  std::uint32_t bytes = 0;
  std::uint32_t beats = 0;
  bool write = false;
  InitiatorId initiator = InitiatorId::control;
  std::uint8_t* data = nullptr;  ///< read: filled by the time of completion; write: valid from issue on
  void* handle = nullptr;        ///< belongs to the transport
};

/// Column accesses of `column` bytes that a burst costs in the DRAM, in bytes.
inline std::int64_t dram_bytes(std::uint64_t address, std::uint32_t bytes, std::uint64_t column) {
  const std::uint64_t first = address / column, last = (address + bytes - 1) / column;
  return static_cast<std::int64_t>((last - first + 1) * column);
}

/// Why an access waited in the memory controller longer than its turn.
enum class MemoryDelay : std::uint8_t { none, row_miss, turnaround, refresh };

/// When and how a burst came back, in cycles of the initiator's clock.
struct BurstTiming {
  Cycle data_start = 0;  ///< read: first beat seen; write: as long before `done` as its beats take
  Cycle done = 0;        ///< read: after the last beat is seen; write: response received
  Cycle port_wait = 0;   ///< cycles it was ready but another burst had the port
  MemoryDelay delay = MemoryDelay::none;
  Cycle delay_cycles = 0;  ///< cycles its last access was in the memory controller, if there is a cause to name
  Cycle port_start = 0;    ///< read: first beat on the port, in cycles of the AXI clock
  bool failed = false;     ///< the memory answered with an error
};

/// Takes bursts from a unit. `at` is the cycle of issue; the receiver sees the burst at a later edge.
class BurstPort {
 public:
  virtual ~BurstPort() = default;
  virtual void issue(const Burst& burst, Cycle at) = 0;
  /// The unit has used the data of a completed burst.
  virtual void release(const Burst& burst) = 0;
};

/// The burst that starts at `address`, ends at `end` at the latest, and obeys beat limit and 4 KiB rule. Bursts are cut
/// at multiples of the longest burst, so that only the first and the last of a run touch a 64-byte column in part.
inline Burst next_burst(std::uint64_t address, std::uint64_t end, std::uint32_t width_bytes, std::uint32_t max_beats) {
  constexpr std::uint64_t page = 4096;
  const std::uint64_t aligned = address / width_bytes * width_bytes;
  const std::uint64_t longest = std::uint64_t{width_bytes} * max_beats;
  std::uint64_t limit = (address / longest + 1) * longest;
  const std::uint64_t page_end = (address / page + 1) * page;
  if (limit > page_end) limit = page_end;
  if (limit > end) limit = end;
  Burst burst;
  burst.address = address;
  burst.bytes = static_cast<std::uint32_t>(limit - address);
  burst.beats = static_cast<std::uint32_t>((limit - aligned + width_bytes - 1) / width_bytes);
  return burst;
}

}  // namespace ernsim
