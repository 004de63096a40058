#pragma once

#include <ostream>

#include "traces/reader.h"

namespace ernsim::traces {

/// Writes a cycle window as Chrome trace JSON, which Perfetto and chrome://tracing open: instructions and stalls of
/// every unit, and DRAM traffic in MB/s over `counter_cycles` cycles.
void write_perfetto(const Reader& trace, Cycle first, Cycle last, std::ostream& out);

inline constexpr Cycle counter_cycles = 1024;

}  // namespace ernsim::traces
