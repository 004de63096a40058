#pragma once

#include "models/platform/run.h"

namespace ernsim {

/// The program with a second map for the last convolution's accumulators behind all else in external memory, and a
/// second stream of the store engine that fills it. Nothing else of the frame changes.
Program with_second_map(Program program, std::int64_t block_channels);

}  // namespace ernsim
