#include "models/accelerator/isa/word_formats.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace ernsim;

TEST_CASE("codes come back from a word of A, whose bits are those of the plane and channel") {
  std::mt19937 random(1);
  for (const std::size_t block : {8, 16, 32, 64}) {
    std::vector<std::uint8_t> codes(block), word(block / 4), back(block);
    for (auto& code : codes) code = static_cast<std::uint8_t>(random() % 4);
    write_codes(codes.data(), block, word.data());
    for (std::size_t i = 0; i < block; ++i) {
      CHECK((word[i / 8] >> i % 8 & 1) == (codes[i] & 1));
      CHECK((word[block / 8 + i / 8] >> i % 8 & 1) == codes[i] >> 1);
    }
    read_codes(word.data(), block, back.data());
    CHECK(back == codes);
  }
}

TEST_CASE("rows of B bits come back, and nothing beside them is written") {
  for (const std::size_t block : {8, 16, 32, 64}) {
    const std::uint64_t bits = 0x123456789ABCDEF0ULL >> (64 - block);
    std::vector<std::uint8_t> row(9, 0xEE);
    write_row(bits, block, row.data());
    CHECK(read_row(row.data(), block) == bits);
    CHECK(row[block / 8] == 0xEE);
    CHECK(row[0] == static_cast<std::uint8_t>(bits));
  }
}

TEST_CASE("thresholds come back from their 64 bits, and beyond 17 bits the nearest does") {
  const std::int32_t values[] = {0, 1, -1, 32'768, -32'768, 65'535, -65'536};
  for (const std::int32_t a : values)
    for (const std::int32_t b : values)
      for (const bool downward : {false, true}) {
        std::uint8_t bytes[8];
        write_thresholds({{a, b, -5}, downward}, bytes);
        const ThresholdWord back = read_thresholds(bytes);
        CHECK(back.thresholds == std::array<std::int32_t, 3>{a, b, -5});
        CHECK(back.downward == downward);
        CHECK((bytes[6] >> 3 & 1) == (downward ? 1 : 0));  // bit 51
        CHECK(bytes[0] == static_cast<std::uint8_t>(a));
      }
  std::uint8_t bytes[8];
  write_thresholds({{1'000'000, -1'000'000, 0}, false}, bytes);
  CHECK(read_thresholds(bytes).thresholds == std::array<std::int32_t, 3>{65'535, -65'536, 0});
}

TEST_CASE("a word of each memory has the bytes of what it holds") {
  ConvolutionConfig array;
  array.block_channels = 32;
  array.lanes = 5;
  const WordBytes word(array);
  CHECK(word.of(MemoryId::activations) == 2 * 32 / 8);
  CHECK(word.of(MemoryId::weights) == 5 * 32 / 8);
  CHECK(word.of(MemoryId::thresholds) == 64 * 32 / 8);
  for (const MemoryId sums : {MemoryId::accumulators, MemoryId::residuals, MemoryId::results})
    CHECK(word.of(sums) == 16 * 32 / 8);
}
