#pragma once

#include "models/platform/platform_config.h"

namespace ernsim {

/// What the accelerator takes of the FPGA.
///
/// Memories are counted: depth x width onto block RAM of 18 kbit in its shapes (UG573), shallow ones onto LUT RAM.
/// Logic is scaled: Table 6 of the ERN paper (77,572 LUT and 83,805 FF for B64M3C1, all memories' LUTs included) times
/// the number of multiply-accumulate cells over 12,288. No synthesis stands behind that.
struct Resources {
  std::int64_t lut = 0;
  std::int64_t ff = 0;
  std::int64_t bram18 = 0;
  std::int64_t uram = 0;
  std::int64_t dsp = 0;
};

/// What the FPGA of the KV260 has: K26 SOM data sheet DS987.
inline constexpr Resources k26_resources{117'120, 234'240, 288, 64, 1'248};

/// Block RAMs of 18 kbit for a memory with one read and one write port: the best of 16Kx1, 8Kx2, 4Kx4, 2Kx9, 1Kx18 and
/// 512x36. 0 for a memory of at most 64 words: it is LUT RAM.
std::int64_t bram18_of(std::int64_t words, std::int64_t width_bits);

Resources resources_of(const AcceleratorConfig& config);

}  // namespace ernsim
