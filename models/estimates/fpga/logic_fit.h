#pragma once

#include <array>
#include <cstdint>

namespace ernsim {

/// LUT and FF of a unit.
struct Logic {
  double lut = 0, ff = 0;
};

/// A linear fit of what Yosys makes of an RTL unit, or of a part of it (rtl/synthesis/resources.csv), as coefficients
/// of the terms below. A test fits them again.
struct LogicFit {
  static constexpr std::size_t terms = 5;
  std::array<double, terms> lut, ff;

  /// 1, B M, B, B B M, M: control, width of the inputs, channels, copies of the inputs for groups of channels,
  /// addresses of lanes.
  static std::array<double, terms> terms_of(std::int64_t block_channels, std::int64_t lanes);
  Logic at(std::int64_t block_channels, std::int64_t lanes) const;
};

/// What Yosys makes of one output channel of the arrays (array_channel.sv), which holds and counts `products` = B M
/// signs. It jumps where another bit of the count begins, so every number of products that B and M can have stands by
/// itself.
struct ChannelLogic {
  std::int64_t products;
  std::int64_t lut, ff;
};
extern const std::array<ChannelLogic, 20> channel_logic;

/// LUT of the line registers (line_registers.sv, four banks) for each channel, with M = index + 1 lanes: what a lane's
/// bit may become.
extern const std::array<std::int64_t, 8> line_register_lut;

/// The convolution unit with one core, multipliers in logic: B channels, line registers and, fitted, the rest.
extern const LogicFit convolution_rest;
Logic convolution_logic(std::int64_t block_channels, std::int64_t lanes);
/// The quantization unit, fitted; the second term is B.
extern const LogicFit quantization_fit;
Logic quantization_logic(std::int64_t block_channels);

}  // namespace ernsim
