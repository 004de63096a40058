#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ernsim {

/// A channel passes level i if (sum ^ flip) >= level[i] and enabled[i] is -1 (0: never). Its code is how many it
/// passes.
struct Levels {
  const std::int16_t* flip;
  std::array<const std::int16_t*, 3> level;
  std::array<const std::int16_t*, 3> enabled;
};

/// Bit 0 and bit 1 of the codes of a pixel's channels, 8 in a byte. `channels`: a multiple of 8.
void pack_levels(const std::int16_t* sums, const Levels& levels, std::size_t channels, std::uint8_t* plane0,
                 std::uint8_t* plane1);
/// The same as its definition reads, for every machine.
void pack_levels_plainly(const std::int16_t* sums, const Levels& levels, std::size_t channels, std::uint8_t* plane0,
                         std::uint8_t* plane1);

}  // namespace ernsim
