#pragma once

#include <cmath>

#include "config/parameter.h"
#include "tlm/port_link.h"

namespace ernsim {

/// AXI ports between the accelerator and the memory controller, and which of them each DMA engine uses.
struct InterconnectConfig {
  double clock_mhz = 250;
  std::int64_t synchroniser_stages = 2;
  std::int64_t port_width_bytes = 16;
  double read_latency_ns = 150;
  double write_latency_ns = 100;
  std::int64_t port_outstanding = 16;
  std::int64_t ports = 4;
  std::int64_t port_of_load_activations = 0;
  std::int64_t port_of_load_weights = 1;
  std::int64_t port_of_load_thresholds = 1;
  std::int64_t port_of_load_residuals = 2;
  std::int64_t port_of_store = 2;
  std::int64_t port_of_control = 0;
  std::int64_t gang_of_load_activations = 1;
  std::int64_t gang_of_load_weights = 1;
  std::int64_t gang_of_load_residuals = 2;
  std::int64_t gang_of_store = 2;
  bool loosely_timed = false;

  /// The ports' clock, its period rounded to a whole number of picoseconds.
  Clock clock() const { return Clock{static_cast<Picoseconds>(std::llround(1e6 / clock_mhz))}; }
};

/// What a unit on clock `units` sees of the ports.
inline PortLink port_link(Clock units, const InterconnectConfig& config) {
  return {static_cast<std::uint32_t>(config.port_width_bytes), {config.clock(), units, config.synchroniser_stages}};
}

template <class Config, class Visitor>
void visit_interconnect(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"clock_mhz", "MHz", 25, 333, "clock of the AXI ports; its period is rounded to 1 ps",
                      "guess: twice a 125 MHz design's; UG1085: asynchronous to the PS; DS987: up to 333 MHz"},
        c.clock_mhz);
  visit(ParameterInfo{"synchroniser_stages", "edges", 0, 8,
                      "edges of the receiving clock that a crossing between accelerator and ports takes longer",
                      "UG974: CDC_SYNC_STAGES of xpm_fifo_async, 2 to 8, default 2; 0: one clock from one source"},
        c.synchroniser_stages);
  visit(ParameterInfo{"port_width_bytes", "bytes", 4, 16, "data width of a port; a power of two",
                      "UG1085: 32, 64 or 128 bits"},
        c.port_width_bytes);
  visit(ParameterInfo{"read_latency_ns", "ns", 0, 10000, "added to every read outside the memory controller",
                      "guess: PL to DDR read latency is not documented"},
        c.read_latency_ns);
  visit(ParameterInfo{"write_latency_ns", "ns", 0, 10000, "added to every write response", "guess"},
        c.write_latency_ns);
  visit(ParameterInfo{"port_outstanding", "bursts", 1, 64, "bursts of one direction under way behind a port",
                      "UG1085: up to 16"},
        c.port_outstanding);
  visit(ParameterInfo{"ports", "", 1, 6,
                      "ports there are: HP0 to HP3 and, as 4 and 5, HPC0 and HPC1; port p stands for p modulo this",
                      "UG1085: S_AXI_HP0..3_FPD, S_AXI_HPC0..1_FPD; guess: a design that leaves the HPC ports alone"},
        c.ports);
  const char* source = "guess";
  visit(ParameterInfo{"port_of_load_activations", "", 0, 5, "port of this engine, the first of its gang", source},
        c.port_of_load_activations);
  visit(ParameterInfo{"port_of_load_weights", "", 0, 5, "port of this engine, the first of its gang", source},
        c.port_of_load_weights);
  visit(ParameterInfo{"port_of_load_thresholds", "", 0, 5, "port of this engine", source}, c.port_of_load_thresholds);
  visit(ParameterInfo{"port_of_load_residuals", "", 0, 5, "port of this engine, the first of its gang", source},
        c.port_of_load_residuals);
  visit(ParameterInfo{"port_of_store", "", 0, 5, "port of this engine, the first of its gang", source},
        c.port_of_store);
  visit(ParameterInfo{"port_of_control", "", 0, 5, "port of the instruction fetch", source}, c.port_of_control);
  const char* ganged = "ports that this engine's bursts are spread over; no more than there are";
  const char* fitted = "guess: a gang, as residual sums are the largest traffic; see docs/validation.md";
  visit(ParameterInfo{"gang_of_load_activations", "ports", 1, 6, ganged, source}, c.gang_of_load_activations);
  visit(ParameterInfo{"gang_of_load_weights", "ports", 1, 6, ganged, source}, c.gang_of_load_weights);
  visit(ParameterInfo{"gang_of_load_residuals", "ports", 1, 6, ganged, fitted}, c.gang_of_load_residuals);
  visit(ParameterInfo{"gang_of_store", "ports", 1, 6, ganged, fitted}, c.gang_of_store);
  visit(ParameterInfo{"loosely_timed", "", 0, 1,
                      "memory sockets call b_transport, one transaction after the other, in place of four phases",
                      "a choice of the model: what LT costs in accuracy"},
        c.loosely_timed);
}

}  // namespace ernsim
