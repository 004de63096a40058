#pragma once

#include <functional>

#include "traces/reader.h"

namespace ernsim::traces {

/// One beat and its channel, in the order of time over all channels.
struct TimedBeat {
  std::size_t channel = 0;
  Cycle cycle = 0;
  std::uint32_t address = 0;
  const std::uint8_t* data = nullptr;  ///< null if the trace has only a hash of it
  const RunContext* context = nullptr;
};

/// Calls visit(beat) for every beat from `first` to `last`, both included, in ascending order of cycles; within a cycle
/// by channel. Of a hashed run comes its first beat, without data.
void for_each_beat(const Reader& trace, Cycle first, Cycle last, const std::function<void(const TimedBeat&)>& visit);

}  // namespace ernsim::traces
