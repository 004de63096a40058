#include "models/accelerator/quantization/level_kernel.h"

// One source, compiled for several instruction sets and chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define ERNSIM_CLONES __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define ERNSIM_CLONES
#endif

namespace ernsim {

ERNSIM_CLONES
void count_levels(const std::int16_t* sums, const std::int16_t* flip, const std::array<const std::int16_t*, 3>& levels,
                  const std::array<const std::int16_t*, 3>& enabled, std::size_t channels, std::uint8_t* codes) {
  const std::int16_t *level0 = levels[0], *level1 = levels[1], *level2 = levels[2];
  const std::int16_t *enabled0 = enabled[0], *enabled1 = enabled[1], *enabled2 = enabled[2];
  for (std::size_t i = 0; i < channels; ++i) {
    const auto x = static_cast<std::int16_t>(sums[i] ^ flip[i]);
    const auto passed0 = static_cast<std::int16_t>(-(x >= level0[i]) & enabled0[i]);
    const auto passed1 = static_cast<std::int16_t>(-(x >= level1[i]) & enabled1[i]);
    const auto passed2 = static_cast<std::int16_t>(-(x >= level2[i]) & enabled2[i]);
    codes[i] = static_cast<std::uint8_t>(-(passed0 + passed1 + passed2));
  }
}

}  // namespace ernsim
