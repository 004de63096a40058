#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "traces/reader.h"

namespace ernsim::traces {

/// How a viewer should show a signal.
enum class WaveBase { bit, hexadecimal, decimal };

/// One signal of a waveform.
struct WaveSignal {
  std::string unit;  ///< its scope inside `ernsim`; empty: directly in that
  std::string name;
  std::size_t bits = 1;
  WaveBase base = WaveBase::bit;
};

/// The signals of a trace: the clock, and for each channel `valid`, `address` and `data` of as many lanes as it has
/// beats in one cycle, at least one. Signals of a unit are neighbours.
struct WavePlan {
  explicit WavePlan(const Reader& trace);

  static constexpr std::size_t clock = 0;

  std::vector<WaveSignal> signals;
  std::vector<std::vector<std::size_t>> lanes;  ///< [channel][lane]: number of `valid`; behind it address, then data
};

/// "name", or "name [31:0]".
std::string declared_name(const WaveSignal& signal);

}  // namespace ernsim::traces
