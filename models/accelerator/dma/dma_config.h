#pragma once

#include "config/parameter.h"

namespace ernsim {

struct DmaConfig {
  std::int64_t issue_cycles = 4;
  std::int64_t max_outstanding = 8;
  std::int64_t max_burst_beats = 16;
  bool pack_sums = true;
  std::int64_t dram_access_bytes = 64;  ///< not a parameter of its own: the memory's
};

template <class Config, class Visitor>
void visit_dma(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"issue_cycles", "cycles", 0, 1000, "from semaphores taken to first burst request", "guess"},
        c.issue_cycles);
  visit(ParameterInfo{"max_outstanding", "bursts", 1, 16, "bursts one engine may have under way",
                      "guess; UG1085: up to 16 per port"},
        c.max_outstanding);
  visit(ParameterInfo{"max_burst_beats", "beats", 1, 16, "longest burst; bursts never cross 4 KiB",
                      "UG1085: AXI3, 16 beats"},
        c.max_burst_beats);
  visit(ParameterInfo{"pack_sums", "", 0, 0,
                      "residual sums go to external memory with the bits their worst case needs, not 16",
                      "official library: lossless compression of residual maps; guess: fixed width per tensor"},
        c.pack_sums);
}

}  // namespace ernsim
