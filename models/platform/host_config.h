#pragma once

#include "config/parameter.h"

namespace ernsim {

struct HostConfig {
  double register_access_ns = 200;
  double interrupt_latency_us = 5;
  double pooling_ns_per_value = 0.5;
  bool overlap = false;
};

template <class Config, class Visitor>
void visit_host(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"register_access_ns", "ns", 0, 1e6, "one register read or write over AXI-Lite", "guess"},
        c.register_access_ns);
  visit(ParameterInfo{"interrupt_latency_us", "us", 0, 1e5,
                      "from the completion interrupt to the host's next instruction", "guess"},
        c.interrupt_latency_us);
  visit(ParameterInfo{"pooling_ns_per_value", "ns", 0, 1e4, "average pooling, per 16-bit value read",
                      "guess for one Cortex-A53 core; fitted to published latencies in platforms/kv260.toml"},
        c.pooling_ns_per_value);
  visit(ParameterInfo{"overlap", "", 0, 1,
                      "the next frame is started before one is pooled; its logits go to a second map",
                      "the host's choice"},
        c.overlap);
}

}  // namespace ernsim
