#include "models/estimates/fpga/logic_fit.h"

#include <cmath>
#include <cstdlib>

namespace ernsim {

const std::array<ChannelLogic, 20> channel_logic{{
    {8, 28, 21},      {16, 69, 38},     {24, 139, 55},    {32, 196, 71},    {40, 230, 87},
    {48, 311, 104},   {56, 409, 120},   {64, 487, 136},   {80, 544, 168},   {96, 582, 201},
    {112, 692, 233},  {128, 911, 265},  {160, 1101, 329}, {192, 1427, 394}, {224, 1569, 458},
    {256, 1778, 522}, {320, 2352, 650}, {384, 2924, 779}, {448, 3292, 907}, {512, 3796, 1035},
}};

const LogicFit convolution_rest{{5639.08, 5.7310, 7.5640}, {693.421, 1.8790, 1.5130}};
const LogicFit quantization_fit{{4560, 126.6, 0}, {236, 68, 0}};

std::array<double, LogicFit::terms> LogicFit::terms_of(std::int64_t block_channels, std::int64_t lanes) {
  const auto b = static_cast<double>(block_channels), m = static_cast<double>(lanes);
  return {1, b * m, b * std::ceil(std::log2(b * m))};
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
