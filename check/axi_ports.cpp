#include "check/axi_ports.h"

#include <algorithm>
#include <cmath>

namespace ernsim::check {

namespace {

Picoseconds up(Picoseconds time, Picoseconds period) { return (time + period - 1) / period; }
/// Of a time that may be negative.
Picoseconds down(Picoseconds time, Picoseconds period) { return time < 0 ? -up(-time, period) : time / period; }
Picoseconds to_ps(double ns) { return static_cast<Picoseconds>(std::llround(1000 * ns)); }

}  // namespace

AxiPorts::AxiPorts(const Trace& trace)
    : trace_(trace),
      period_ps_(static_cast<Picoseconds>(std::llround(1e6 / trace.number("interconnect.clock_mhz")))),
      unit_period_ps_(trace.reader().header().clock_period_ps),
      stages_(trace.parameter("interconnect.synchroniser_stages")),
      ports_(trace.parameter("interconnect.ports")),
      width_bytes_(static_cast<std::uint64_t>(trace.parameter("interconnect.port_width_bytes"))) {
  if (period_ps_ < 1 || unit_period_ps_ < 1 || ports_ < 1 || width_bytes_ < 1)
    throw Missing("a parameter of the ports is 0 that cannot be");
}

Cycle AxiPorts::visible(Cycle issued) const { return up((issued + 1) * unit_period_ps_, period_ps_) + stages_; }

Cycle AxiPorts::seen(Cycle beat) const { return up((beat + 1) * period_ps_, unit_period_ps_) + stages_ - 1; }

AxiPorts::Range AxiPorts::seen_in(Cycle unit) const {
  const Cycle edge = unit - stages_;  // of the unit's clock, that the beat ends after, and at or before the next one
  return {down(edge * unit_period_ps_, period_ps_), down((edge + 1) * unit_period_ps_, period_ps_) - 1};
}

Cycle AxiPorts::later(Cycle edge, double ns) const { return up(edge * period_ps_ + to_ps(ns), period_ps_); }

Cycle AxiPorts::earlier(Cycle edge, double ns) const { return down(edge * period_ps_ - to_ps(ns), period_ps_); }

/// A gang shares what it transfers by address, as much at a time as the longest burst that a port takes.
std::int64_t AxiPorts::port_of(const std::string& engine, std::uint64_t address) const {
  const std::string gang_key = "interconnect.gang_of_" + engine;
  const std::int64_t gang =
      trace_.has_parameter(gang_key) ? std::clamp<std::int64_t>(trace_.parameter(gang_key), 1, ports_) : 1;
  const auto turn = static_cast<std::int64_t>(address / (16 * width_bytes_) % static_cast<std::uint64_t>(gang));
  return (trace_.parameter("interconnect.port_of_" + engine) + turn) % ports_;
}

}  // namespace ernsim::check
