#include "models/accelerator/resources.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ernsim {

std::int64_t bram18_of(std::int64_t words, std::int64_t width_bits) {
  constexpr std::int64_t lut_ram_words = 64;
  if (words <= lut_ram_words) return 0;
  struct Shape {
    std::int64_t words, bits;
  };
  constexpr Shape shapes[] = {{16384, 1}, {8192, 2}, {4096, 4}, {2048, 9}, {1024, 18}, {512, 36}};
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  for (const Shape& shape : shapes)
    fewest = std::min(fewest, ((words - 1) / shape.words + 1) * ((width_bits - 1) / shape.bits + 1));
  return fewest;
}

Resources resources_of(const AcceleratorConfig& config) {
  const auto& array = config.convolution;
  const auto& memory = config.memory;
  const std::int64_t block = array.block_channels, sum_bits = block * memory.accumulator_bits;
  Resources resources;
  resources.bram18 = bram18_of(memory.activations_words, 2 * block) +
                     bram18_of(memory.weights_words, array.lanes * block) +
                     bram18_of(memory.thresholds_entries, 64 * block) + bram18_of(memory.accumulators_words, sum_bits) +
                     bram18_of(memory.residuals_words, sum_bits) + bram18_of(memory.results_words, sum_bits);
  constexpr double table6_lut = 77572, table6_ff = 83805, table6_cells = 64.0 * 64 * 3;
  const double scale = static_cast<double>(block * block * array.lanes * array.cores) / table6_cells;
  resources.lut = std::llround(table6_lut * scale);
  resources.ff = std::llround(table6_ff * scale);
  return resources;
}

}  // namespace ernsim
