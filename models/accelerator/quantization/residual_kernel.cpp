#include "models/accelerator/quantization/residual_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define ERNSIM_HAS_AVX2_KERNEL
#include <immintrin.h>
#endif

namespace ernsim {

namespace {

#ifdef ERNSIM_HAS_AVX2_KERNEL

#define ERNSIM_AVX2 __attribute__((target("avx2,popcnt")))

/// 16 channels. The saturated sum is as far out of range as the exact one, and differs from the wrapped one where
/// 16 bits do not hold it; the span is 0 modulo 2^16 if the range is all of them.
ERNSIM_AVX2 inline int add_16(const std::int16_t* accumulators, const std::int16_t* residuals, std::int32_t largest,
                              std::int16_t* sums) {
  const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(accumulators));
  const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(residuals));
  const __m256i span = _mm256_set1_epi16(static_cast<std::int16_t>(2 * (largest + 1)));
  const __m256i wrapped = _mm256_add_epi16(a, b), saturated = _mm256_adds_epi16(a, b);
  const __m256i above = _mm256_cmpgt_epi16(saturated, _mm256_set1_epi16(static_cast<std::int16_t>(largest)));
  const __m256i below = _mm256_cmpgt_epi16(_mm256_set1_epi16(static_cast<std::int16_t>(-largest - 1)), saturated);
  const __m256i sum =
      _mm256_add_epi16(_mm256_sub_epi16(wrapped, _mm256_and_si256(above, span)), _mm256_and_si256(below, span));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums), sum);
  const __m256i inside = _mm256_andnot_si256(_mm256_or_si256(above, below), _mm256_cmpeq_epi16(wrapped, saturated));
  return 16 - _mm_popcnt_u32(static_cast<unsigned>(_mm256_movemask_epi8(inside))) / 2;
}

ERNSIM_AVX2 std::int64_t add_with_avx2(const std::int16_t* accumulators, const std::int16_t* residuals,
                                       std::size_t channels, std::int32_t largest, std::int16_t* sums) {
  std::int64_t outside = 0;
  for (std::size_t c = 0; c < channels; c += 16) outside += add_16(accumulators + c, residuals + c, largest, sums + c);
  return outside;
}

#endif

}  // namespace

std::int64_t add_residuals_plainly(const std::int16_t* accumulators, const std::int16_t* residuals,
                                   std::size_t channels, std::int32_t largest, std::int16_t* sums) {
  const std::int32_t span = 2 * (largest + 1);
  std::int64_t outside = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    std::int32_t sum = std::int32_t{accumulators[c]} + residuals[c];
    const std::int32_t over = (sum > largest ? 1 : 0) - (sum < -largest - 1 ? 1 : 0);
    outside += over != 0 ? 1 : 0;
    sum -= over * span;
    sums[c] = static_cast<std::int16_t>(sum);
  }
  return outside;
}

std::int64_t add_residuals(const std::int16_t* accumulators, const std::int16_t* residuals, std::size_t channels,
                           std::int32_t largest, std::int16_t* sums) {
#ifdef ERNSIM_HAS_AVX2_KERNEL
  static const bool available = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  if (available && channels % 16 == 0) return add_with_avx2(accumulators, residuals, channels, largest, sums);
#endif
  return add_residuals_plainly(accumulators, residuals, channels, largest, sums);
}

}  // namespace ernsim
