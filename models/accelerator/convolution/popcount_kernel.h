#pragma once

#include <cstddef>
#include <cstdint>

namespace ernsim {

/// One kernel tap of one output pixel: the word of activations and the B rows of signs it meets.
struct Tap {
  std::uint64_t plane0 = 0;              ///< bit 0 of each channel's code
  std::uint64_t plane1 = 0;              ///< bit 1
  const std::uint64_t* signs = nullptr;  ///< [output channel]: bit = 1 means weight -1
};

/// totals[o] = sum over taps and channels of sign * code, for `channels` output channels (a multiple of 8).
/// With P = popcount: sum = P(plane0) + 2 P(plane1) - 2 (P(plane0 & signs) + 2 P(plane1 & signs)).
void sum_taps(const Tap* taps, std::size_t tap_count, std::size_t channels, std::int32_t* totals);

/// accumulators[o] = (accumulators[o] +) totals[o], wrapped to `bits`, for `channels` of them; returns how many
/// wrapped.
std::int64_t add_wrapped(const std::int32_t* totals, std::size_t channels, int bits, bool accumulate,
                         std::int16_t* accumulators);

}  // namespace ernsim
