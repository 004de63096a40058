#pragma once

#include "models/platform/host_module.h"
#include "models/platform/run.h"

namespace ernsim {

/// Places image, weights, thresholds and encoded instruction streams, as the host's driver would.
/// `memory`: at least program.external_bytes.
void place(const Program& program, std::uint8_t* memory);
inline void place(const Program& program, std::vector<std::uint8_t>& memory) { place(program, memory.data()); }

/// Where the logits of the first frame will be. `block_channels`: of the array.
LogitMap logit_map(const Program& program, std::int64_t block_channels);

/// What the host writes before each frame, and where the logits will be.
HostProgram host_program(const Program& program, std::int64_t block_channels, int frames, bool data);

}  // namespace ernsim
