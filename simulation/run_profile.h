#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/statistics.h"
#include "tlm/interconnect.h"

namespace ernsim {

/// All but external memory, which is the last one.
inline constexpr std::size_t on_chip_memory_count = index_of(MemoryId::external);

/// What passed external memory and the AXI ports while the array was at a layer, whichever layer it was for.
struct LayerTraffic {
  double dram_bytes = 0;  ///< of accesses; one across a border is shared by time, as a beat is
  std::array<double, port_count> read_port_beats{};  ///< [port]
  std::array<double, port_count> write_port_beats{};
};

/// What happened when in a run's first frame: sums over equal bins of cycles, the last one cut off by the frame's end.
struct RunProfile {
  using Bins = std::vector<std::int64_t>;

  struct Memory {
    std::int64_t capacity_words = 0;
    Bins word_cycles;  ///< sum over the bin's cycles of the words in use
    Bins peak_words;
  };

  Cycle bin_cycles = 0;
  EnumArray<UnitId, EnumArray<Activity, Bins>> cycles;
  EnumArray<UnitId, EnumArray<StallCause, Bins>> stalled_cycles;  ///< by what was waited for
  Bins dram_read_bytes, dram_write_bytes;
  std::array<Memory, on_chip_memory_count> memories;  ///< [MemoryId]
  std::vector<LayerTraffic> layers;
};

}  // namespace ernsim
