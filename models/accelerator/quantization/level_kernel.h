#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ernsim {

/// codes[i] = how many of three levels t have (sums[i] ^ flip[i]) >= levels[t][i] and enabled[t][i] = -1 (0: never).
void count_levels(const std::int16_t* sums, const std::int16_t* flip, const std::array<const std::int16_t*, 3>& levels,
                  const std::array<const std::int16_t*, 3>& enabled, std::size_t channels, std::uint8_t* codes);

}  // namespace ernsim
