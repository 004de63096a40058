#include <catch2/catch.hpp>
#include <random>

#include "compiler/packing.h"

using namespace ernsim;
using workloads::SignWeights;

namespace {

SignWeights random_signs(int out_channels, int in_channels, int kernel, std::mt19937& random) {
  SignWeights signs(out_channels, in_channels, kernel);
  for (std::size_t i = 0; i < signs.size(); ++i)
    if ((random() & 1U) != 0) signs.set_negative(i);
  return signs;
}

bool bit(const std::vector<std::uint8_t>& bytes, std::size_t number) {
  return (bytes.at(number / 8) >> number % 8 & 1U) != 0;
}

/// One sign after the other, as the page of the compiler describes the layout.
void check_packed(const SignWeights& signs, int block, const ArrayGeometry& geometry) {
  const auto packed = compiler::pack_weights(signs, block, geometry);
  const int in_blocks = (signs.in_channels + block - 1) / block, out_blocks = (signs.out_channels + block - 1) / block;
  const int matrices = geometry.matrices_per_pane(signs.kernel);
  const int columns = (signs.kernel + matrices - 1) / matrices * matrices;
  std::size_t at = 0, wrong = 0;
  for (int out = 0; out < out_blocks; ++out)
    for (int in = 0; in < in_blocks; ++in)
      for (int ky = 0; ky < signs.kernel; ++ky)
        for (int kx = 0; kx < columns; ++kx)
          for (int o = out * block; o < (out + 1) * block; ++o)
            for (int i = in * block; i < (in + 1) * block; ++i, ++at) {
              const bool there = i < signs.in_channels && kx < signs.kernel;
              const bool expected = there && signs.is_negative(std::min(o, signs.out_channels - 1), i, ky, kx);
              if (bit(packed, at) != expected) ++wrong;
            }
  CHECK(at == packed.size() * 8);
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("packed weights hold every sign in its place, and what is not the network's as the page says") {
  std::mt19937 random(7);
  for (const int kernel : {1, 2, 3, 4, 5, 7})
    for (const int block : {16, 32, 64})
      for (const int lanes : {1, 2, 3, 4})
        for (const int channels : {1, 7, 8, 30, 64, 65, 96, 150}) {
          INFO(kernel << ' ' << block << ' ' << lanes << ' ' << channels);
          ConvolutionConfig array;
          array.block_channels = block;
          array.lanes = lanes;
          check_packed(random_signs(1 + static_cast<int>(random() % 90), channels, kernel, random), block,
                       geometry_of(array));
        }
}

TEST_CASE("signs are counted in any stretch as one by one") {
  std::mt19937 random(8);
  const SignWeights signs = random_signs(5, 37, 3, random);
  for (int round = 0; round < 500; ++round) {
    const std::size_t first = random() % signs.size(), count = random() % (signs.size() - first + 1);
    std::int32_t expected = 0;
    for (std::size_t i = first; i < first + count; ++i) expected += signs.is_negative(i) ? 1 : 0;
    CHECK(signs.count_negative(first, count) == expected);
  }
}
