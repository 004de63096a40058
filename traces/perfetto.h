#pragma once

#include <ostream>

#include "traces/reader.h"

namespace ernsim::traces {

/// Writes a cycle window as Chrome trace JSON, which Perfetto and chrome://tracing open: instructions and stalls of
/// every unit, and DRAM traffic in MB/s over `counter_cycles` cycles. A viewer holds a counter's value until the next
/// one: the area under it is the bytes of whole accesses of the memory, `access_bytes` each, as in a run's figures.
void write_perfetto(const Reader& trace, Cycle first, Cycle last, std::int64_t access_bytes, std::ostream& out);

inline constexpr Cycle counter_cycles = 1024;

}  // namespace ernsim::traces
