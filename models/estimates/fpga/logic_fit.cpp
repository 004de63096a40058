#include "models/estimates/fpga/logic_fit.h"

#include <cstdlib>

namespace ernsim {

const std::array<ChannelLogic, 20> channel_logic{
    {{8, 26, 54},     {16, 88, 91},    {24, 89, 117},     {32, 126, 148},    {40, 150, 168},
     {48, 161, 187},  {56, 193, 222},  {64, 239, 258},    {80, 282, 298},    {96, 294, 333},
     {112, 404, 420}, {128, 475, 462}, {160, 520, 536},   {192, 600, 626},   {224, 816, 763},
     {256, 817, 827}, {320, 913, 979}, {384, 1228, 1212}, {448, 1433, 1434}, {512, 1543, 1584}}};

const std::array<std::int64_t, 8> line_register_lut{4, 6, 12, 18, 26, 34, 44, 54};

const LogicFit convolution_rest{{3660.99, 3.95618, 32.2469, -0.00711781, 96.0475},
                                {1411.07, 3.9982, 3.28651, 0.373225, 10.7235}};
const LogicFit quantization_fit{{3021, 147, 0, 0, 0}, {816, 71, 0, 0, 0}};

std::array<double, LogicFit::terms> LogicFit::terms_of(std::int64_t block_channels, std::int64_t lanes) {
  const auto b = static_cast<double>(block_channels), m = static_cast<double>(lanes);
  return {1, b * m, b, b * b * m, m};
}

Logic LogicFit::at(std::int64_t block_channels, std::int64_t lanes) const {
  const auto values = terms_of(block_channels, lanes);
  Logic logic;
  for (std::size_t i = 0; i < terms; ++i) {
    logic.lut += lut[i] * values[i];
    logic.ff += ff[i] * values[i];
  }
  return logic;
}

Logic convolution_logic(std::int64_t block_channels, std::int64_t lanes) {
  Logic logic = convolution_rest.at(block_channels, lanes);
  logic.lut += static_cast<double>(block_channels * line_register_lut.at(static_cast<std::size_t>(lanes - 1)));
  for (const ChannelLogic& channel : channel_logic) {
    if (channel.products != block_channels * lanes) continue;
    logic.lut += static_cast<double>(block_channels * channel.lut);
    logic.ff += static_cast<double>(block_channels * channel.ff);
    return logic;
  }
  std::abort();  // no B and M that a configuration may have
}

Logic quantization_logic(std::int64_t block_channels) { return quantization_fit.at(block_channels, 1); }

}  // namespace ernsim
