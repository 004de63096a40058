#include "models/accelerator/convolution/tile_kernel.h"

#include <catch2/catch.hpp>
#include <random>

using namespace ernsim;

namespace {

/// A tile with its operands: input words, signs and what the accumulators hold.
struct Tile {
  TilePass pass;
  std::size_t blocks = 1;
  std::vector<std::uint64_t> planes;  ///< [block][row][column][plane]
  std::vector<std::uint64_t> signs;   ///< [block][tap][channel]
  std::vector<std::int16_t> held;     ///< [out row][out column][channel]

  std::size_t taps() const { return pass.kernel * pass.kernel; }
  std::size_t block_words() const { return 2 * pass.rows * pass.columns; }
};

enum class Fill { random, zeros, ones };

std::uint64_t draw_word(std::mt19937_64& random, Fill fill, std::size_t channels) {
  const std::uint64_t all = channels == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << channels) - 1;
  if (fill == Fill::zeros) return 0;
  return fill == Fill::ones ? all : random() & all;
}

Tile draw(std::mt19937_64& random, std::size_t channels, std::size_t kernel, std::size_t stride, Fill codes,
          Fill signs) {
  Tile tile;
  tile.pass.channels = channels;
  tile.pass.kernel = kernel;
  tile.pass.stride = stride;
  tile.pass.out_rows = 1 + random() % 4;
  tile.pass.out_columns = 1 + random() % 9;
  tile.pass.rows = (tile.pass.out_rows - 1) * stride + kernel;
  tile.pass.columns = (tile.pass.out_columns - 1) * stride + kernel;
  tile.blocks = 1 + random() % 3;
  tile.planes.resize(tile.blocks * tile.block_words());
  for (auto& word : tile.planes) word = draw_word(random, codes, channels);
  tile.signs.resize(tile.blocks * tile.taps() * channels);
  for (auto& word : tile.signs) word = draw_word(random, signs, channels);
  tile.held.resize(tile.pass.out_rows * tile.pass.out_columns * channels);
  for (auto& sum : tile.held) sum = static_cast<std::int16_t>(static_cast<int>(random() % 2001) - 1000);
  return tile;
}

/// Bit by bit.
int product(const std::uint64_t* word, std::uint64_t signs, std::size_t channels) {
  int sum = 0;
  for (std::size_t i = 0; i < channels; ++i) {
    const int code = static_cast<int>((word[0] >> i & 1U) + 2 * (word[1] >> i & 1U));
    sum += (signs >> i & 1U) != 0 ? -code : code;
  }
  return sum;
}

std::vector<std::int16_t> naive(const Tile& t, bool accumulate) {
  std::vector<std::int16_t> sums = t.held;
  const TilePass& p = t.pass;
  for (std::size_t y = 0; y < p.out_rows; ++y)
    for (std::size_t x = 0; x < p.out_columns; ++x)
      for (std::size_t o = 0; o < p.channels; ++o) {
        std::int16_t& sum = sums[(y * p.out_columns + x) * p.channels + o];
        int total = accumulate ? sum : 0;
        for (std::size_t b = 0; b < t.blocks; ++b)
          for (std::size_t tap = 0; tap < t.taps(); ++tap) {
            const std::size_t row = y * p.stride + tap / p.kernel, column = x * p.stride + tap % p.kernel;
            total += product(t.planes.data() + b * t.block_words() + 2 * (row * p.columns + column),
                             t.signs[(b * t.taps() + tap) * p.channels + o], p.channels);
          }
        sum = static_cast<std::int16_t>(total);
      }
  return sums;
}

std::vector<std::int16_t> by_table(const Tile& t, bool accumulate) {
  std::vector<std::int16_t> sums = t.held;
  TileKernel kernel;
  kernel.start(t.pass.out_rows * t.pass.out_columns);
  for (std::size_t b = 0; b < t.blocks; ++b) {
    TilePass pass = t.pass;
    pass.planes = t.planes.data() + b * t.block_words();
    std::vector<const std::uint64_t*> signs;
    for (std::size_t tap = 0; tap < t.taps(); ++tap)
      signs.push_back(t.signs.data() + (b * t.taps() + tap) * t.pass.channels);
    kernel.add_block(pass, signs);
  }
  kernel.finish(t.pass.channels, accumulate, sums.data());
  return sums;
}

}  // namespace

TEST_CASE("A tile summed by table look-up equals the sum bit by bit") {
  if (!TileKernel::available()) {
    WARN("skipped: this machine has no AVX2");
    return;
  }
  std::mt19937_64 random(1);
  const auto channels = GENERATE(8, 16, 24, 32, 40, 64);
  const auto kernel = GENERATE(1, 2, 3, 5);
  const auto stride = GENERATE(1, 2, 3);
  const bool accumulate = GENERATE(false, true);
  const Tile tile = draw(random, channels, kernel, stride, Fill::random, Fill::random);
  CHECK(by_table(tile, accumulate) == naive(tile, accumulate));
}

TEST_CASE("A tile of extreme codes and signs summed by table look-up equals the sum bit by bit") {
  if (!TileKernel::available()) {
    WARN("skipped: this machine has no AVX2");
    return;
  }
  std::mt19937_64 random(2);
  const auto codes = GENERATE(Fill::zeros, Fill::ones, Fill::random);
  const auto signs = GENERATE(Fill::zeros, Fill::ones, Fill::random);
  const auto kernel = GENERATE(1, 3);
  const Tile tile = draw(random, 64, kernel, 1, codes, signs);
  CHECK(by_table(tile, true) == naive(tile, true));
}

TEST_CASE("A tile of no block sums to nothing, whatever the one before it was") {
  if (!TileKernel::available()) {
    WARN("skipped: this machine has no AVX2");
    return;
  }
  std::mt19937_64 random(3);
  Tile tile = draw(random, 64, 3, 1, Fill::ones, Fill::ones);
  TileKernel kernel;
  for (const bool empty : {false, true}) {
    kernel.start(tile.pass.out_rows * tile.pass.out_columns);
    std::vector<const std::uint64_t*> signs;
    for (std::size_t tap = 0; tap < tile.taps(); ++tap) signs.push_back(tile.signs.data() + tap * 64);
    tile.pass.planes = tile.planes.data();
    if (!empty) kernel.add_block(tile.pass, signs);
    kernel.finish(64, false, tile.held.data());
  }
  CHECK(tile.held == std::vector<std::int16_t>(tile.held.size(), 0));
}
