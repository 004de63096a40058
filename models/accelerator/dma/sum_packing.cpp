#include "models/accelerator/dma/sum_packing.h"

#include <cstring>

namespace ernsim {

void pack_sums(const std::uint8_t* words, std::size_t count, unsigned bits, std::uint8_t* packed) {
  const std::uint32_t mask = (1U << bits) - 1;
  std::uint64_t pending = 0;
  unsigned held = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint16_t value = 0;
    std::memcpy(&value, words + 2 * i, sizeof value);
    pending |= std::uint64_t{value & mask} << held;
    held += bits;
    if (held < 32) continue;
    std::memcpy(packed, &pending, 4);
    packed += 4;
    pending >>= 32;
    held -= 32;
  }
  std::memcpy(packed, &pending, held / 8);
}

void unpack_sums(const std::uint8_t* packed, std::size_t count, unsigned bits, std::uint8_t* words) {
  const std::size_t bytes = count * bits / 8;
  std::uint64_t pending = 0;
  unsigned held = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (held < bits) {
      std::uint32_t more = 0;
      const std::size_t take = bytes - at < 4 ? bytes - at : 4;
      std::memcpy(&more, packed + at, take);
      at += take;
      pending |= std::uint64_t{more} << held;
      held += static_cast<unsigned>(take) * 8;
    }
    const auto value = static_cast<std::uint32_t>(pending) << (32 - bits);
    const auto extended = static_cast<std::int16_t>(static_cast<std::int32_t>(value) >> (32 - bits));
    std::memcpy(words + 2 * i, &extended, sizeof extended);
    pending >>= bits;
    held -= bits;
  }
}

}  // namespace ernsim
