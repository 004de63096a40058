#pragma once

#include "config/parameter.h"

namespace ernsim {

struct QuantizationConfig {
  std::int64_t issue_cycles = 2;
  std::int64_t pipeline_cycles = 6;
};

template <class Config, class Visitor>
void visit_quantization(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"issue_cycles", "cycles", 0, 1000, "from semaphores taken to first pixel", "guess"},
        c.issue_cycles);
  visit(ParameterInfo{"pipeline_cycles", "cycles", 1, 1000, "from a pixel read to its codes written",
                      "guess: BxB has a few pipeline cycles per tile"},
        c.pipeline_cycles);
}

}  // namespace ernsim
