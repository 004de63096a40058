#include "models/accelerator/quantization/level_kernel.h"

#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define ERNSIM_HAS_AVX2_KERNEL
#include <immintrin.h>
#endif

namespace ernsim {

namespace {

#ifdef ERNSIM_HAS_AVX2_KERNEL

#define ERNSIM_AVX2 __attribute__((target("avx2")))

constexpr std::size_t at_once = 32;  ///< channels

ERNSIM_AVX2 inline __m256i load(const std::int16_t* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

/// The lowest bit of 32 fields of all or no bits.
ERNSIM_AVX2 inline void store_bits(__m256i first, __m256i second, std::uint8_t* plane) {
  const __m256i in_order = _mm256_permute4x64_epi64(_mm256_packs_epi16(first, second), 0xD8);
  const int bits = _mm256_movemask_epi8(in_order);
  std::memcpy(plane, &bits, sizeof bits);
}

ERNSIM_AVX2 void pack_32(const std::int16_t* sums, const Levels& levels, std::size_t first, std::uint8_t* plane0,
                         std::uint8_t* plane1) {
  __m256i bit0[2], bit1[2];
  for (std::size_t half = 0; half < 2; ++half) {
    const std::size_t at = first + 16 * half;
    const __m256i sum = _mm256_xor_si256(load(sums + at), load(levels.flip + at));
    __m256i passed[3];
    for (std::size_t i = 0; i < 3; ++i)
      passed[i] =
          _mm256_andnot_si256(_mm256_cmpgt_epi16(load(levels.level[i] + at), sum), load(levels.enabled[i] + at));
    const __m256i one_of_two = _mm256_xor_si256(passed[0], passed[1]);
    bit0[half] = _mm256_xor_si256(one_of_two, passed[2]);
    bit1[half] = _mm256_or_si256(_mm256_and_si256(passed[0], passed[1]), _mm256_and_si256(one_of_two, passed[2]));
  }
  store_bits(bit0[0], bit0[1], plane0 + first / 8);
  store_bits(bit1[0], bit1[1], plane1 + first / 8);
}

#endif

/// Bit 0 of each of eight bytes, the first byte's lowest.
std::uint8_t low_bits(std::uint64_t bytes) {
  return static_cast<std::uint8_t>((bytes & 0x0101010101010101ULL) * 0x0102040810204080ULL >> 56);
}

}  // namespace

void pack_levels_plainly(const std::int16_t* sums, const Levels& levels, std::size_t channels, std::uint8_t* plane0,
                         std::uint8_t* plane1) {
  for (std::size_t first = 0; first < channels; first += 8) {
    std::array<std::uint8_t, 8> codes{};
    for (std::size_t c = 0; c < 8; ++c) {
      const auto sum = static_cast<std::int16_t>(sums[first + c] ^ levels.flip[first + c]);
      for (std::size_t i = 0; i < 3; ++i)
        codes[c] = static_cast<std::uint8_t>(
            codes[c] + (levels.enabled[i][first + c] != 0 && sum >= levels.level[i][first + c] ? 1 : 0));
    }
    std::uint64_t eight = 0;
    std::memcpy(&eight, codes.data(), sizeof eight);
    plane0[first / 8] = low_bits(eight);
    plane1[first / 8] = low_bits(eight >> 1);
  }
}

void pack_levels(const std::int16_t* sums, const Levels& levels, std::size_t channels, std::uint8_t* plane0,
                 std::uint8_t* plane1) {
#ifdef ERNSIM_HAS_AVX2_KERNEL
  static const bool available = __builtin_cpu_supports("avx2") != 0;
  if (available && channels % at_once == 0) {
    for (std::size_t first = 0; first < channels; first += at_once) pack_32(sums, levels, first, plane0, plane1);
    return;
  }
#endif
  pack_levels_plainly(sums, levels, channels, plane0, plane1);
}

}  // namespace ernsim
