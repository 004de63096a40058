#pragma once

#include "check/array.h"

namespace ernsim::check {

/// A word of A that a sweep reads, `cycle` counted from the sweep's start.
struct SweepRead {
  Cycle cycle;
  std::uint32_t address;
};

/// The steps of one pane's sweep. A step needs the words of its lanes' taps; with lanes on kernel columns what lanes
/// had in the step before, of the same row, is in the line registers. Each core has banks of its own, each bank gives a
/// word a cycle. A step is made in the cycle that reads the last of its words.
struct Sweep {
  std::vector<Cycle> steps;      ///< [step]: its cycle, counted from the sweep's start
  std::vector<SweepRead> reads;  ///< in the order of cycles, then cores, then lanes

  Cycle cycles() const { return steps.back() + 1; }
};
/// `tile` is pixels_of(array, o).
Sweep sweep_of(const Array& array, const Convolution& o, std::int64_t pane, const std::vector<TilePixel>& tile);

}  // namespace ernsim::check
