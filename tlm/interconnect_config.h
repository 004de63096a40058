#pragma once

#include "config/parameter.h"

namespace ernsim {

/// AXI ports between the accelerator and the memory controller, and which port each DMA engine uses.
struct InterconnectConfig {
  std::int64_t port_width_bytes = 16;
  std::int64_t residual_width_bytes = 64;
  double read_latency_ns = 150;
  double write_latency_ns = 100;
  std::int64_t port_outstanding = 16;
  std::int64_t ports = 4;
  std::int64_t port_of_load_activations = 0;
  std::int64_t port_of_load_weights = 1;
  std::int64_t port_of_load_thresholds = 1;
  std::int64_t port_of_load_residuals = 2;
  std::int64_t port_of_store = 3;
  std::int64_t port_of_control = 0;
};

template <class Config, class Visitor>
void visit_interconnect(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"port_width_bytes", "bytes", 4, 64, "data width of a port; a power of two",
                      "UG1085: 4, 8 or 16; wider stands for ganged ports"},
        c.port_width_bytes);
  visit(
      ParameterInfo{
          "residual_width_bytes", "bytes", 4, 64,
          "data width of load_residuals and store, per accelerator cycle; a power of two",
          "guess: 64, ganged ports or a faster port clock, fits the published latencies of ERNs50 and ERNs101"},
      c.residual_width_bytes);
  visit(ParameterInfo{"read_latency_ns", "ns", 0, 10000, "added to every read outside the memory controller",
                      "guess: PL to DDR read latency is not documented"},
        c.read_latency_ns);
  visit(ParameterInfo{"write_latency_ns", "ns", 0, 10000, "added to every write response", "guess"},
        c.write_latency_ns);
  visit(ParameterInfo{"port_outstanding", "bursts", 1, 64, "bursts of one direction under way behind a port",
                      "UG1085: up to 16"},
        c.port_outstanding);
  visit(ParameterInfo{"ports", "", 1, 4, "HP ports there are; an engine of port p uses port p modulo this",
                      "UG1085: four HP ports of the PL"},
        c.ports);
  const char* source = "guess";
  visit(ParameterInfo{"port_of_load_activations", "", 0, 3, "HP port of this engine", source},
        c.port_of_load_activations);
  visit(ParameterInfo{"port_of_load_weights", "", 0, 3, "HP port of this engine", source}, c.port_of_load_weights);
  visit(ParameterInfo{"port_of_load_thresholds", "", 0, 3, "HP port of this engine", source},
        c.port_of_load_thresholds);
  visit(ParameterInfo{"port_of_load_residuals", "", 0, 3, "HP port of this engine", source}, c.port_of_load_residuals);
  visit(ParameterInfo{"port_of_store", "", 0, 3, "HP port of this engine", source}, c.port_of_store);
  visit(ParameterInfo{"port_of_control", "", 0, 3, "HP port of the instruction fetch", source}, c.port_of_control);
}

}  // namespace ernsim
