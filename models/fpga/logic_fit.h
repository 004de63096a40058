#pragma once

#include <array>
#include <cstdint>

namespace ernsim {

/// LUT and FF of a unit.
struct Logic {
  double lut = 0, ff = 0;
};

/// A linear fit of what Yosys makes of an RTL unit (tests/rtl/resources.csv), as coefficients of the terms below. A
/// test fits them again.
struct LogicFit {
  static constexpr std::size_t terms = 5;
  std::array<double, terms> lut, ff;

  /// 1, B M, B ceil(log2(B M)), B^2, B^2 M: control, width of the inputs, width of the sums, and the arrays' cells.
  static std::array<double, terms> terms_of(std::int64_t block_channels, std::int64_t lanes);
  Logic at(std::int64_t block_channels, std::int64_t lanes) const;
};

/// The convolution unit with one core, multipliers in logic.
extern const LogicFit convolution_logic;
/// The quantization unit.
extern const LogicFit quantization_logic;

}  // namespace ernsim
