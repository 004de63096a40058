#pragma once

#include <cstddef>
#include <cstdint>

namespace ernsim {

/// sums = accumulators + residuals, less or plus 2 (largest + 1) where they leave -largest - 1 to largest; returns how
/// many did. `channels`: a multiple of 8; `largest`: 2^n - 1.
std::int64_t add_residuals(const std::int16_t* accumulators, const std::int16_t* residuals, std::size_t channels,
                           std::int32_t largest, std::int16_t* sums);
/// The same as its definition reads, for every machine.
std::int64_t add_residuals_plainly(const std::int16_t* accumulators, const std::int16_t* residuals,
                                   std::size_t channels, std::int32_t largest, std::int16_t* sums);

}  // namespace ernsim
