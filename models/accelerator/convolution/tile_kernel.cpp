#include "models/accelerator/convolution/tile_kernel.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#define ERNSIM_HAS_TILE_KERNEL
#include <immintrin.h>
#endif

namespace ernsim {

#ifdef ERNSIM_HAS_TILE_KERNEL

namespace {

#define ERNSIM_AVX2 __attribute__((target("avx2,popcnt")))

constexpr std::size_t channel_groups = 16;  ///< of four input channels, in a block of 64
constexpr std::size_t index_bytes = TileKernel::index_bytes, table_bytes = channel_groups * 16;
static_assert(index_bytes == channel_groups * 64);
constexpr std::uint64_t low_nibbles = 0x0f0f0f0f0f0f0f0f;

/// entry[n0 | n1 << 4][s]: sum of the four codes with bits n0 and n1 whose sign in s is set.
struct SubsetSums {
  alignas(16) std::uint8_t entry[256][16];
  constexpr SubsetSums() : entry() {
    for (unsigned codes = 0; codes < 256; ++codes)
      for (unsigned signs = 0; signs < 16; ++signs)
        for (unsigned i = 0; i < 4; ++i)
          if ((signs >> i & 1U) != 0)
            entry[codes][signs] =
                static_cast<std::uint8_t>(entry[codes][signs] + (codes >> i & 1U) + 2 * (codes >> (4 + i) & 1U));
  }
};
constexpr SubsetSums subset_sums;

/// Transposes 16 x 16 bytes.
ERNSIM_AVX2 inline void transpose(__m128i (&rows)[16]) {
  for (int round = 0; round < 4; ++round) {
    __m128i shuffled[16];
    for (int i = 0; i < 8; ++i) {
      shuffled[2 * i] = _mm_unpacklo_epi8(rows[i], rows[i + 8]);
      shuffled[2 * i + 1] = _mm_unpackhi_epi8(rows[i], rows[i + 8]);
    }
    for (int i = 0; i < 16; ++i) rows[i] = shuffled[i];
  }
}

/// rows[g] of the result: signs 4g to 4g + 3 of each of 16 output channels, a byte each.
ERNSIM_AVX2 inline void nibbles(const std::uint64_t* signs, std::size_t count, __m128i (&rows)[16]) {
  for (std::size_t channel = 0; channel < 16; ++channel) {
    const std::uint64_t bits = channel < count ? signs[channel] : 0;
    rows[channel] = _mm_unpacklo_epi8(_mm_cvtsi64_si128(static_cast<long long>(bits & low_nibbles)),
                                      _mm_cvtsi64_si128(static_cast<long long>(bits >> 4 & low_nibbles)));
  }
  transpose(rows);
}

/// One tap's look-up indices. The bytes of two groups of 16 output channels alternate, so that the even and odd bytes
/// of sums become 16-bit sums of neighbouring channels.
ERNSIM_AVX2 void expand_tap(const std::uint64_t* signs, std::size_t channels, std::uint8_t* indices) {
  for (std::size_t half = 0; half < 64; half += 32) {
    __m128i even[16], odd[16];
    nibbles(signs + half, channels > half ? channels - half : 0, even);
    nibbles(signs + half + 16, channels > half + 16 ? channels - half - 16 : 0, odd);
    for (std::size_t group = 0; group < channel_groups; ++group) {
      auto* out = reinterpret_cast<__m128i*>(indices + 64 * group + half);
      _mm_storeu_si128(out, _mm_unpacklo_epi8(even[group], odd[group]));
      _mm_storeu_si128(out + 1, _mm_unpackhi_epi8(even[group], odd[group]));
    }
  }
}

/// The tables of one input pixel.
ERNSIM_AVX2 inline void fill_tables(std::uint64_t plane0, std::uint64_t plane1, std::uint8_t* tables) {
  std::uint64_t even = (plane0 & low_nibbles) | (plane1 & low_nibbles) << 4;
  std::uint64_t odd = (plane0 >> 4 & low_nibbles) | (plane1 & ~low_nibbles);
  for (std::size_t group = 0; group < channel_groups; group += 2, even >>= 8, odd >>= 8) {
    const auto* first = reinterpret_cast<const __m128i*>(subset_sums.entry[even & 255]);
    const auto* second = reinterpret_cast<const __m128i*>(subset_sums.entry[odd & 255]);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(tables + 16 * group), _mm_load_si128(first));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(tables + 16 * group + 16), _mm_load_si128(second));
  }
}

/// `count` neighbouring output pixels of one row; `groups` of four input channels, 0: as `pass` says. A tap's byte sums
/// reach 64 * 3 = 192 and are then widened. `fresh`: what `negatives` holds does not count.
template <std::size_t count, std::size_t groups>
ERNSIM_AVX2 void add_pixels(const TilePass& pass, const std::uint8_t* indices, const std::uint8_t* tables, bool fresh,
                            std::size_t y, std::size_t x, std::uint16_t* negatives) {
  auto* out = reinterpret_cast<__m256i*>(negatives + (y * pass.out_columns + x) * 64);
  const __m256i even_bytes = _mm256_set1_epi16(0x00ff);
  __m256i sums[count][4];
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t i = 0; i < 4; ++i)
      sums[p][i] = fresh ? _mm256_setzero_si256() : _mm256_loadu_si256(out + 4 * p + i);
  for (std::size_t ky = 0; ky < pass.kernel; ++ky)
    for (std::size_t kx = 0; kx < pass.kernel; ++kx, indices += index_bytes) {
      const std::uint8_t* table = tables + ((y * pass.stride + ky) * pass.columns + x * pass.stride + kx) * table_bytes;
      const std::size_t step = pass.stride * table_bytes;
      __m256i bytes[count][2] = {};
#pragma GCC unroll 4
      for (std::size_t group = 0; group < (groups != 0 ? groups : pass.channels / 4); ++group) {
        const auto* index = reinterpret_cast<const __m256i*>(indices + 64 * group);
        const __m256i low = _mm256_loadu_si256(index), high = _mm256_loadu_si256(index + 1);
        for (std::size_t p = 0; p < count; ++p) {
          const __m256i entries = _mm256_broadcastsi128_si256(
              _mm_loadu_si128(reinterpret_cast<const __m128i*>(table + p * step + 16 * group)));
          bytes[p][0] = _mm256_add_epi8(bytes[p][0], _mm256_shuffle_epi8(entries, low));
          bytes[p][1] = _mm256_add_epi8(bytes[p][1], _mm256_shuffle_epi8(entries, high));
        }
      }
      for (std::size_t p = 0; p < count; ++p)
        for (std::size_t half = 0; half < 2; ++half) {
          __m256i* wide = sums[p] + 2 * half;
          wide[0] = _mm256_add_epi16(wide[0], _mm256_and_si256(bytes[p][half], even_bytes));
          wide[1] = _mm256_add_epi16(wide[1], _mm256_srli_epi16(bytes[p][half], 8));
        }
    }
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t i = 0; i < 4; ++i) _mm256_storeu_si256(out + 4 * p + i, sums[p][i]);
}

template <std::size_t groups>
ERNSIM_AVX2 void add_tile(const TilePass& pass, const std::uint8_t* indices, const std::uint8_t* tables, bool fresh,
                          std::uint16_t* negatives) {
  for (std::size_t y = 0; y < pass.out_rows; ++y) {
    std::size_t x = 0;
    for (; x + 2 <= pass.out_columns; x += 2) add_pixels<2, groups>(pass, indices, tables, fresh, y, x, negatives);
    if (x < pass.out_columns) add_pixels<1, groups>(pass, indices, tables, fresh, y, x, negatives);
  }
}

/// Along rows first, then the kernel's rows.
ERNSIM_AVX2 void add_codes(const TilePass& pass, std::uint16_t* row_codes, std::uint16_t* all) {
  for (std::size_t y = 0; y < pass.rows; ++y)
    for (std::size_t x = 0; x < pass.out_columns; ++x) {
      const std::uint64_t* word = pass.planes + 2 * (y * pass.columns + x * pass.stride);
      long long sum = 0;
      for (std::size_t kx = 0; kx < pass.kernel; ++kx, word += 2)
        sum += _mm_popcnt_u64(word[0]) + 2 * _mm_popcnt_u64(word[1]);
      row_codes[y * pass.out_columns + x] = static_cast<std::uint16_t>(sum);
    }
  for (std::size_t y = 0; y < pass.out_rows; ++y, all += pass.out_columns)
    for (std::size_t ky = 0; ky < pass.kernel; ++ky) {
      const std::uint16_t* row = row_codes + (y * pass.stride + ky) * pass.out_columns;
      for (std::size_t x = 0; x < pass.out_columns; ++x) all[x] = static_cast<std::uint16_t>(all[x] + row[x]);
    }
}

/// accumulators = held + all - 2 * negatives, for one pixel; `held` is their value, or 0.
ERNSIM_AVX2 inline void write_sums(std::uint16_t all, const std::uint16_t* negatives, std::size_t channels,
                                   bool accumulate, std::int16_t* accumulators) {
  const __m128i codes = _mm_set1_epi16(static_cast<std::int16_t>(all));
  for (std::size_t channel = 0; channel < channels; channel += 8) {
    const __m128i negative = _mm_loadu_si128(reinterpret_cast<const __m128i*>(negatives + channel));
    auto* out = reinterpret_cast<__m128i*>(accumulators + channel);
    const __m128i sums = _mm_sub_epi16(codes, _mm_slli_epi16(negative, 1));
    _mm_storeu_si128(out, accumulate ? _mm_add_epi16(sums, _mm_loadu_si128(out)) : sums);
  }
}

ERNSIM_AVX2 void fill_all_tables(const TilePass& pass, std::uint8_t* tables) {
  const std::size_t pixels = pass.rows * pass.columns;
  for (std::size_t i = 0; i < pixels; ++i, tables += table_bytes)
    fill_tables(pass.planes[2 * i], pass.planes[2 * i + 1], tables);
}

}  // namespace

bool TileKernel::available() {
  static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  return has;
}

void TileKernel::start(std::size_t out_pixels, std::size_t out_blocks) {
  all_.assign(out_pixels, 0);
  negatives_.resize(out_blocks * out_pixels * 64);
  loaded_ = 0;
}

void TileKernel::expand(const std::vector<const std::uint64_t*>& signs, std::size_t out_channels,
                        std::vector<std::uint8_t>& indices) {
  indices.resize(signs.size() * index_bytes);
  for (std::size_t tap = 0; tap < signs.size(); ++tap)
    expand_tap(signs[tap], out_channels, indices.data() + tap * index_bytes);
}

void TileKernel::load_codes(const TilePass& pass) {
  row_codes_.resize(pass.rows * pass.out_columns);
  add_codes(pass, row_codes_.data(), all_.data());
  tables_.resize(pass.rows * pass.columns * table_bytes);
  fill_all_tables(pass, tables_.data());
  ++loaded_;
}

void TileKernel::add_signs(const TilePass& pass, const std::uint8_t* indices, std::size_t out_block) {
  const auto add = pass.channels == 64   ? add_tile<channel_groups>
                   : pass.channels == 32 ? add_tile<channel_groups / 2>
                                         : add_tile<0>;
  add(pass, indices, tables_.data(), loaded_ == 1, negatives_.data() + out_block * all_.size() * 64);
}

void TileKernel::add_block(const TilePass& pass, const std::vector<const std::uint64_t*>& signs) {
  load_codes(pass);
  expand(signs, pass.channels, indices_);
  add_signs(pass, indices_.data(), 0);
}

void TileKernel::finish(std::size_t channels, bool accumulate, std::int16_t* accumulators, std::size_t out_block) {
  if (loaded_ == 0) std::fill(negatives_.begin(), negatives_.end(), std::uint16_t{0});
  const std::uint16_t* negatives = negatives_.data() + out_block * all_.size() * 64;
  for (std::size_t pixel = 0; pixel < all_.size(); ++pixel)
    write_sums(all_[pixel], negatives + pixel * 64, channels, accumulate, accumulators + pixel * channels);
}

#else

bool TileKernel::available() { return false; }
void TileKernel::start(std::size_t, std::size_t) {}
void TileKernel::add_block(const TilePass&, const std::vector<const std::uint64_t*>&) {}
void TileKernel::expand(const std::vector<const std::uint64_t*>&, std::size_t, std::vector<std::uint8_t>&) {}
void TileKernel::load_codes(const TilePass&) {}
void TileKernel::add_signs(const TilePass&, const std::uint8_t*, std::size_t) {}
void TileKernel::finish(std::size_t, bool, std::int16_t*, std::size_t) {}

#endif

}  // namespace ernsim
