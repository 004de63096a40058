#pragma once

#include "timing/clock.h"

namespace ernsim {

// When the quantization unit reads the pixels of an instruction. Unit, beats and the compiler's estimate ask here.

/// The cores share a tile's rows; the last one may have fewer.
constexpr Cycle rows_of_core(Cycle rows, Cycle cores) { return (rows + cores - 1) / cores; }

/// The cycle of the sweep, from 0 on, in which a core reads its pixel number `pixel`: one in each.
constexpr Cycle cycle_of_pixel(Cycle pixel) { return pixel; }

/// Of a tile of rows x columns pixels, at least one.
constexpr Cycle sweep_cycles(Cycle rows, Cycle columns, Cycle cores) {
  return cycle_of_pixel(rows_of_core(rows, cores) * columns - 1) + 1;
}

}  // namespace ernsim
