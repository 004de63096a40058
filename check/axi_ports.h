#pragma once

#include <string>

#include "check/trace.h"

namespace ernsim::check {

/// The AXI ports and their clock, from the parameters of a trace. Cycles are of the AXI clock, unless they are a
/// unit's.
class AxiPorts {
 public:
  explicit AxiPorts(const Trace& trace);

  struct Range {
    Cycle first = 0, last = -1;
  };

  /// When the ports see what a unit issues in its cycle `issued`.
  Cycle visible(Cycle issued) const;
  /// The unit's cycle that has what passes in cycle `beat`.
  Cycle seen(Cycle beat) const;
  /// What passes in these cycles, if any, is seen in the unit's cycle `unit`.
  Range seen_in(Cycle unit) const;
  /// Edges that lie a latency of so many ns after one, or before it: the first, or the last.
  Cycle later(Cycle edge, double ns) const;
  Cycle earlier(Cycle edge, double ns) const;
  /// The port that a burst of the engine uses.
  std::int64_t port_of(const std::string& engine, std::uint64_t address) const;

  std::uint64_t width_bytes() const { return width_bytes_; }

 private:
  const Trace& trace_;
  Picoseconds period_ps_, unit_period_ps_;
  Cycle stages_;
  std::int64_t ports_;
  std::uint64_t width_bytes_;
};

}  // namespace ernsim::check
