#pragma once

#include <array>
#include <map>
#include <vector>

#include "models/platform/run.h"
#include "simulation/profile_recorder.h"
#include "simulation/run_report.h"
#include "tests/property/random_case.h"
#include "tests/property/spans.h"

namespace ernsim::test {

/// One beat, with its data as far as a number of 32 bits holds them.
struct PortBeat {
  Cycle cycle = 0;
  std::uint32_t address = 0;
  std::uint32_t value = 0;
  std::size_t layer = 0;  ///< of its instruction
  std::size_t group = 0;  ///< which report it came with: a sweep, a burst, a tile
};

/// A time that the model has named.
struct Named {
  Activity activity;
  std::size_t layer;
  Span span;
};

/// One frame: what the model says of it, and beside it what passed its ports and what the DRAM was told.
struct Evidence {
  RunResult result;
  RunReport report;
  Cycle frame_start = 0;
  EnumArray<UnitId, std::vector<Named>> named;
  std::array<std::vector<PortBeat>, traced_port_count> beats;
  std::vector<DramCommand> commands;
  std::vector<PortData> port_data;

  const std::vector<PortBeat>& of(Port port) const { return beats[static_cast<std::size_t>(port)]; }
  const std::vector<PortBeat>& of(Port first, UnitId unit) const { return of(port_of(first, unit)); }
  /// Cycles of the frame that the unit is said to have spent so; of one layer, if one is given.
  Spans spent(UnitId unit, Activity activity, std::size_t layer = ~std::size_t{0}) const;
  /// Cycles of the frame in which the unit is said to have waited so.
  Spans waits(UnitId unit, StallCause cause) const;
  Cycle frame_end() const { return frame_start + result.cycles; }
};

/// Runs one frame of a case with data. Once per process.
Evidence evidence_of(RandomCase& chosen);

}  // namespace ernsim::test
