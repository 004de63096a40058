#pragma once

#include <cstdint>
#include <vector>

#include "models/platform/run.h"

namespace ernsim {

/// Places image, weights, thresholds and encoded instruction streams, as the host's driver would.
/// `memory`: at least program.external_bytes.
void place(const Program& program, std::uint8_t* memory);
inline void place(const Program& program, std::vector<std::uint8_t>& memory) { place(program, memory.data()); }

}  // namespace ernsim
