#pragma once

#include "tests/rtl/bench/stimulus.h"

namespace ernsim::rtl {

/// Random valid cases, the same for the same seed. Streams of one unit come with random waits and posts; all credits
/// they need come in time.
Stimulus random_convolutions(const Shape& shape, std::uint32_t seed);
Stimulus random_quantizations(const Shape& shape, std::uint32_t seed);
/// Tiles that go through both units: F in two halves, and often codes of one tile are input of the next but one.
Stimulus random_loop(const Shape& shape, std::uint32_t seed);

}  // namespace ernsim::rtl
