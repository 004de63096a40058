#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "models/accelerator/quantization/level_kernel.h"
#include "models/accelerator/quantization/residual_kernel.h"

using namespace ernsim;

namespace {

using Values = std::vector<std::int16_t>;

/// Random values, every fourth an extreme or a neighbour of zero.
Values draw(std::size_t count, std::mt19937& random) {
  constexpr std::int16_t extremes[] = {-32768, -32767, -1, 0, 1, 32766, 32767};
  Values values(count);
  for (auto& value : values)
    value = random() % 4 == 0 ? extremes[random() % 7] : static_cast<std::int16_t>(random() & 0xffff);
  return values;
}

/// -1 or 0 each.
Values masks(std::size_t count, std::mt19937& random) {
  Values values(count);
  for (auto& value : values) value = static_cast<std::int16_t>(random() % 2 == 0 ? -1 : 0);
  return values;
}

}  // namespace

TEST_CASE("codes packed by whatever this machine has equal those counted level by level") {
  std::mt19937 random(3);
  for (const std::size_t channels : {8, 16, 24, 32, 64})
    for (int round = 0; round < 300; ++round) {
      const Values sums = draw(channels, random), flip = masks(channels, random);
      Values level[3], enabled[3];
      for (std::size_t i = 0; i < 3; ++i) {
        level[i] = random() % 3 == 0 ? sums : draw(channels, random);
        enabled[i] = masks(channels, random);
      }
      const Levels levels{flip.data(),
                          {level[0].data(), level[1].data(), level[2].data()},
                          {enabled[0].data(), enabled[1].data(), enabled[2].data()}};
      std::vector<std::uint8_t> plane0(channels / 8 + 1, 0xAA), plane1 = plane0, plain0 = plane0, plain1 = plane0;
      pack_levels(sums.data(), levels, channels, plane0.data(), plane1.data());
      pack_levels_plainly(sums.data(), levels, channels, plain0.data(), plain1.data());
      CHECK(plane0 == plain0);
      CHECK(plane1 == plain1);
      for (std::size_t c = 0; c < channels; ++c) {
        int code = 0;
        for (std::size_t i = 0; i < 3; ++i)
          code += enabled[i][c] != 0 && static_cast<std::int16_t>(sums[c] ^ flip[c]) >= level[i][c] ? 1 : 0;
        if ((plane0[c / 8] >> c % 8 & 1) + 2 * (plane1[c / 8] >> c % 8 & 1) != code) FAIL("channel " << c);
      }
    }
}

TEST_CASE("residuals are added, wrapped and counted by whatever this machine has as one by one") {
  std::mt19937 random(4);
  for (const std::size_t channels : {8, 16, 24, 32, 64})
    for (int bits = 8; bits <= 16; ++bits)
      for (int round = 0; round < 60; ++round) {
        Values a = draw(channels, random), b = draw(channels, random);
        if (round % 2 == 0)
          for (Values* values : {&a, &b})
            for (auto& value : *values) value = static_cast<std::int16_t>(value >> (16 - bits));
        const std::int32_t largest = (1 << (bits - 1)) - 1;
        Values found(channels), expected(channels);
        const auto counted = add_residuals(a.data(), b.data(), channels, largest, found.data());
        CHECK(counted == add_residuals_plainly(a.data(), b.data(), channels, largest, expected.data()));
        CHECK(found == expected);
      }
}
