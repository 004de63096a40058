#pragma once

#include <cstdint>

namespace ernsim {

/// Memories of at most so many words are LUT RAM.
inline constexpr std::int64_t lut_ram_words = 64;

/// Block RAMs of 18 kbit for a memory with one read and one write port, all of one shape: the best of 16Kx1, 8Kx2,
/// 4Kx4, 2Kx9, 1Kx18 and 512x36 (UG573, simple dual port). A block of 36 kbit is two of these in every shape.
std::int64_t bram18_of(std::int64_t words, std::int64_t width_bits);

/// UltraRAMs, 4Kx72 each (UG573).
std::int64_t uram_of(std::int64_t words, std::int64_t width_bits);

/// LUTs of a LUT RAM of at most 64 words with one read and one write port: eight hold 32x14 (RAM32M16) or 64x7
/// (RAM64M8, UG574).
std::int64_t lut_ram_of(std::int64_t words, std::int64_t width_bits);

}  // namespace ernsim
