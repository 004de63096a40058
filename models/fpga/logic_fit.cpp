#include "models/fpga/logic_fit.h"

#include <cmath>

namespace ernsim {

const LogicFit convolution_logic{{5722.84, 27.354, -19.586, 2.9124, 6.9827}, {698.03, 1.889, 2.938, 0.0096, 1.9836}};
const LogicFit quantization_logic{{4560, 126.6, 0, 0, 0}, {236, 68, 0, 0, 0}};

std::array<double, LogicFit::terms> LogicFit::terms_of(std::int64_t block_channels, std::int64_t lanes) {
  const auto b = static_cast<double>(block_channels), m = static_cast<double>(lanes);
  return {1, b * m, b * std::ceil(std::log2(b * m)), b * b, b * b * m};
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

}  // namespace ernsim
