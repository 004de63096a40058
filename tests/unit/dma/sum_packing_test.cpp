#include "models/accelerator/dma/sum_packing.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>
#include <vector>

using namespace ernsim;

namespace {

std::vector<std::uint8_t> bytes_of(const std::vector<std::int16_t>& values) {
  std::vector<std::uint8_t> bytes(2 * values.size());
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::vector<std::int16_t> random_values(std::size_t count, unsigned bits, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> any(-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
  std::vector<std::int16_t> values(count);
  for (auto& value : values) value = static_cast<std::int16_t>(any(random));
  return values;
}

}  // namespace

TEST_CASE("sums of 8 to 16 bits come back from their packed form, the extremes included") {
  for (unsigned bits = 8; bits <= 16; ++bits)
    for (const std::size_t count : {8, 16, 24, 64, 1000}) {
      auto values = random_values(count, bits, bits);
      values[0] = static_cast<std::int16_t>(-(1 << (bits - 1)));
      values[1] = static_cast<std::int16_t>((1 << (bits - 1)) - 1);
      std::vector<std::uint8_t> packed(count * bits / 8 + 1, 0xAA), back(2 * count);
      pack_sums(bytes_of(values).data(), count, bits, packed.data());
      CHECK(packed.back() == 0xAA);  // not one byte more
      unpack_sums(packed.data(), count, bits, back.data());
      CHECK(back == bytes_of(values));
    }
}

TEST_CASE("value i starts at bit i times bits, least significant first") {
  for (unsigned bits = 8; bits <= 16; ++bits) {
    const auto values = random_values(40, bits, 3);
    std::vector<std::uint8_t> packed(40 * bits / 8);
    pack_sums(bytes_of(values).data(), values.size(), bits, packed.data());
    for (std::size_t i = 0; i < values.size(); ++i)
      for (unsigned b = 0; b < bits; ++b) {
        const std::size_t at = i * bits + b;
        CHECK((packed[at / 8] >> at % 8 & 1) == (values[i] >> b & 1));
      }
  }
}

TEST_CASE("sums of 16 bits are packed as they are") {
  const auto values = random_values(64, 16, 5);
  std::vector<std::uint8_t> packed(128);
  pack_sums(bytes_of(values).data(), 64, 16, packed.data());
  CHECK(packed == bytes_of(values));
}
