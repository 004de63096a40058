#include "models/estimates/fpga/memory_mapping.h"

#include <algorithm>
#include <limits>

namespace ernsim {

namespace {

std::int64_t ceil_of(std::int64_t value, std::int64_t unit) { return (value - 1) / unit + 1; }

}  // namespace

std::int64_t bram18_of(std::int64_t words, std::int64_t width_bits) {
  struct Shape {
    std::int64_t words, bits;
  };
  constexpr Shape shapes[] = {{16384, 1}, {8192, 2}, {4096, 4}, {2048, 9}, {1024, 18}, {512, 36}};
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  for (const Shape& shape : shapes)
    fewest = std::min(fewest, ceil_of(words, shape.words) * ceil_of(width_bits, shape.bits));
  return fewest;
}

std::int64_t uram_of(std::int64_t words, std::int64_t width_bits) {
  return ceil_of(words, 4096) * ceil_of(width_bits, 72);
}

std::int64_t lut_ram_of(std::int64_t words, std::int64_t width_bits) {
  return 8 * ceil_of(width_bits, words <= 32 ? 14 : 7);
}

}  // namespace ernsim
