#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ernsim::workloads {

/// Signs of one convolution, a bit each, in the order O, I, ky, kx from the lowest bit of the first word on. 1 means
/// weight -1 (the hardware's convention), 0 means +1.
struct SignWeights {
  SignWeights() = default;
  /// All +1.
  SignWeights(int outputs, int inputs, int kernel_side)
      : out_channels(outputs), in_channels(inputs), kernel(kernel_side), words((size() + 63) / 64) {}

  int out_channels = 0;
  int in_channels = 0;
  int kernel = 1;
  std::vector<std::uint64_t> words;  ///< bits beyond the last weight are 0

  /// Kernel positions.
  std::size_t taps() const { return static_cast<std::size_t>(kernel) * static_cast<std::size_t>(kernel); }
  /// Weights of one output channel.
  std::size_t fan_in() const { return static_cast<std::size_t>(in_channels) * taps(); }
  /// All weights.
  std::size_t size() const { return static_cast<std::size_t>(out_channels) * fan_in(); }

  bool is_negative(std::size_t weight) const { return (words[weight / 64] >> weight % 64 & 1U) != 0; }
  bool is_negative(int o, int i, int ky, int kx) const {
    const int in_kernel = ky * kernel + kx;
    return is_negative(
        (static_cast<std::size_t>(o) * static_cast<std::size_t>(in_channels) + static_cast<std::size_t>(i)) * taps() +
        static_cast<std::size_t>(in_kernel));
  }
  void set_negative(std::size_t weight) { words[weight / 64] |= std::uint64_t{1} << weight % 64; }

  /// Up to 64 signs from `first` on, the first in the lowest bit; 0 bits behind them.
  std::uint64_t bits(std::size_t first, std::size_t count) const {
    if (count == 0) return 0;
    const std::size_t word = first / 64, shift = first % 64;
    std::uint64_t found = words[word] >> shift;
    if (shift + count > 64) found |= words[word + 1] << (64 - shift);
    return found & ~std::uint64_t{0} >> (64 - count);
  }
  /// How many of `count` weights from `first` on are -1.
  std::int32_t count_negative(std::size_t first, std::size_t count) const;
};

inline bool operator==(const SignWeights& a, const SignWeights& b) {
  return a.out_channels == b.out_channels && a.in_channels == b.in_channels && a.kernel == b.kernel &&
         a.words == b.words;
}
inline bool operator!=(const SignWeights& a, const SignWeights& b) { return !(a == b); }

}  // namespace ernsim::workloads
