#pragma once

#include <bitset>

#include "check/array.h"
#include "check/walk.h"

namespace ernsim::check {

/// `value` in `bits` bits, two's complement.
inline int wrapped(int value, int bits) {
  const int span = 1 << bits, low = value & (span - 1);
  return low < span / 2 ? low : low - span;
}

inline int half_word(const std::uint8_t* word, int channel) {
  const int value = word[2 * channel] | word[2 * channel + 1] << 8;
  return value < 0x8000 ? value : value - 0x10000;
}

/// The signs of one pane: for kernel column c and output channel o, B bits, one per input channel; 1 is -1. They lie
/// one after the other in the pane's words of W, column by column.
class PaneSigns {
 public:
  PaneSigns(const Array& array, const Beats& words) : array_(array), signs_(words.data) {}

  /// Sum of sign x code of the words of A, added to what F held (null: nothing): the first channel that is written
  /// otherwise, -1 if none is.
  int first_difference(const std::vector<Tap>& taps, const std::vector<const std::uint8_t*>& words,
                       const std::uint8_t* held, const std::uint8_t* written) const {
    for (int o = 0; o < array_.block; ++o) {
      int sum = held == nullptr ? 0 : half_word(held, o);
      for (std::size_t t = 0; t < taps.size(); ++t) sum += product(taps[t].column, o, words[t]);
      expected_ = wrapped(sum, array_.accumulator_bits);
      found_ = half_word(written, o);
      if (expected_ != found_) return o;
    }
    return -1;
  }
  int expected() const { return expected_; }
  int found() const { return found_; }

 private:
  int product(int column, int o, const std::uint8_t* codes) const {
    const auto bytes = static_cast<std::size_t>(array_.block / 8);
    const std::uint64_t one = bits(codes), two = bits(codes + bytes);
    const std::uint64_t minus = bits(signs_.data() + static_cast<std::size_t>(column * array_.block + o) * bytes);
    return count(one & ~minus) - count(one & minus) + 2 * (count(two & ~minus) - count(two & minus));
  }
  /// B bits.
  std::uint64_t bits(const std::uint8_t* bytes) const {
    std::uint64_t bits = 0;
    for (int b = array_.block / 8; b > 0; --b) bits = bits << 8 | bytes[b - 1];
    return bits;
  }
  static int count(std::uint64_t bits) { return static_cast<int>(std::bitset<64>(bits).count()); }

  const Array& array_;
  const std::vector<std::uint8_t>& signs_;
  mutable int expected_ = 0, found_ = 0;
};

}  // namespace ernsim::check
