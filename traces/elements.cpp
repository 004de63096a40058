#include "traces/elements.h"

#include <cstring>

namespace ernsim::traces {

namespace {

int sum_at(const std::uint8_t* word, std::size_t element) {
  std::int16_t value = 0;
  std::memcpy(&value, word + 2 * element, sizeof value);
  return value;
}

int code_at(const std::uint8_t* word, std::size_t word_bytes, std::size_t element) {
  const auto bit = [&](const std::uint8_t* plane) { return plane[element / 8] >> (element % 8) & 1; };
  return bit(word) + 2 * bit(word + word_bytes / 2);
}

}  // namespace

std::size_t elements_of(const Channel& channel) {
  return channel.kind == WordKind::sums    ? channel.word_bytes / 2
         : channel.kind == WordKind::codes ? channel.word_bytes * 4
                                           : channel.word_bytes;
}

int element_at(const Channel& channel, const std::uint8_t* word, std::size_t element) {
  return channel.kind == WordKind::sums    ? sum_at(word, element)
         : channel.kind == WordKind::codes ? code_at(word, channel.word_bytes, element)
                                           : word[element];
}

}  // namespace ernsim::traces
