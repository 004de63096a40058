#pragma once

#include <ostream>

#include "traces/reader.h"

namespace ernsim::traces {

/// Writes the beats of a cycle window as a value change dump: per channel and beat of a cycle `valid`, `address` and
/// `data`, one scope per unit. No date, so that the same trace gives the same bytes.
void write_vcd(const Reader& trace, Cycle first, Cycle last, std::ostream& out);

}  // namespace ernsim::traces
