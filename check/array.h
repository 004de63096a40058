#pragma once

#include <vector>

#include "check/instruction.h"
#include "check/trace.h"

namespace ernsim::check {

/// How the M arrays and C cores share a convolution, models/accelerator/convolution/README.md.
struct Array {
  explicit Array(const Trace& trace);

  int block, lanes, cores, accumulator_bits, banks;
  bool pixels;  ///< lanes work on neighbouring pixels, not on neighbouring kernel columns
  Cycle issue, pipeline, pane_load;

  /// Kernel columns that a pane covers.
  int columns(const Convolution& o) const { return pixels ? 1 : std::min(lanes, o.kernel); }
  int groups(const Convolution& o) const { return (o.kernel + columns(o) - 1) / columns(o); }
  std::int64_t panes(const Convolution& o) const { return std::int64_t{o.in_blocks} * o.kernel * groups(o); }
  Cycle steps(const Convolution& o) const;  ///< of a sweep
};

/// A pixel of the tile, and the step in which it is worked on.
struct TilePixel {
  Cycle step;
  int y, x;
};
/// In the order of steps, those of one step by rows and columns.
std::vector<TilePixel> pixels_of(const Array& array, const Convolution& o);

/// One word of A that a pixel meets in a pane, for one of the pane's kernel columns.
struct Tap {
  int column;  ///< of the pane, counted from 0
  std::uint32_t address;
};
/// Those inside the input region.
std::vector<Tap> taps_of(const Array& array, const Convolution& o, std::int64_t pane, const TilePixel& pixel);

}  // namespace ernsim::check
