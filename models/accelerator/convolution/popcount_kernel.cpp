#include "models/accelerator/convolution/popcount_kernel.h"

// One source, compiled for several instruction sets; which one is used is known when the program runs.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define ERNSIM_HAS_INSTRUCTION_SETS
#endif

namespace ernsim {

namespace {

inline std::int64_t ones(std::uint64_t bits) { return __builtin_popcountll(bits); }

__attribute__((always_inline)) inline void sum(const Tap* taps, std::size_t tap_count, std::size_t channels,
                                               std::int32_t* totals) {
  constexpr std::size_t group = 8;
  std::int64_t all = 0;
  for (std::size_t t = 0; t < tap_count; ++t) all += ones(taps[t].plane0) + 2 * ones(taps[t].plane1);
  for (std::size_t first = 0; first < channels; first += group) {
    std::int64_t negative[group] = {};
    for (std::size_t t = 0; t < tap_count; ++t) {
      const std::uint64_t plane0 = taps[t].plane0, plane1 = taps[t].plane1;
      const std::uint64_t* signs = taps[t].signs + first;
      for (std::size_t o = 0; o < group; ++o) negative[o] += ones(plane0 & signs[o]) + 2 * ones(plane1 & signs[o]);
    }
    for (std::size_t o = 0; o < group; ++o) totals[first + o] = static_cast<std::int32_t>(all - 2 * negative[o]);
  }
}

using SumTaps = void(const Tap*, std::size_t, std::size_t, std::int32_t*);

void sum_plain(const Tap* taps, std::size_t tap_count, std::size_t channels, std::int32_t* totals) {
  sum(taps, tap_count, channels, totals);
}

#ifdef ERNSIM_HAS_INSTRUCTION_SETS
__attribute__((target("popcnt"))) void sum_popcnt(const Tap* taps, std::size_t tap_count, std::size_t channels,
                                                  std::int32_t* totals) {
  sum(taps, tap_count, channels, totals);
}

/// Eight channels at once.
__attribute__((target("popcnt,avx512f,avx512vpopcntdq,prefer-vector-width=512"), optimize("O3"))) void sum_vpopcnt(
    const Tap* taps, std::size_t tap_count, std::size_t channels, std::int32_t* totals) {
  sum(taps, tap_count, channels, totals);
}
#endif

SumTaps* fastest() {
#ifdef ERNSIM_HAS_INSTRUCTION_SETS
  if (__builtin_cpu_supports("avx512vpopcntdq")) return sum_vpopcnt;
  if (__builtin_cpu_supports("popcnt")) return sum_popcnt;
#endif
  return sum_plain;
}

}  // namespace

void sum_taps(const Tap* taps, std::size_t tap_count, std::size_t channels, std::int32_t* totals) {
  static SumTaps* const chosen = fastest();
  chosen(taps, tap_count, channels, totals);
}

#ifdef ERNSIM_HAS_INSTRUCTION_SETS
#define ERNSIM_VECTOR_CLONES __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define ERNSIM_VECTOR_CLONES
#endif

ERNSIM_VECTOR_CLONES
std::int64_t add_wrapped(const std::int32_t* totals, std::size_t channels, int bits, bool accumulate,
                         std::int16_t* accumulators) {
  const int shift = 32 - bits;
  const std::int32_t held = accumulate ? -1 : 0;  ///< all bits, or none
  std::int32_t wrapped = 0;
  for (std::size_t o = 0; o < channels; ++o) {
    const std::int32_t sum = (accumulators[o] & held) + totals[o];
    const std::int32_t value = static_cast<std::int32_t>(static_cast<std::uint32_t>(sum) << shift) >> shift;
    wrapped += value != sum ? 1 : 0;
    accumulators[o] = static_cast<std::int16_t>(value);
  }
  return wrapped;
}

}  // namespace ernsim
