#pragma once

#include "config/parameter.h"

namespace ernsim {

struct ControlConfig {
  std::int64_t queue_depth = 16;
  std::int64_t semaphore_cycles = 1;
  std::int64_t dram_access_bytes = 64;  ///< not a parameter of its own: the memory's
};

template <class Config, class Visitor>
void visit_control(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"queue_depth", "instructions", 4, 1024, "instructions each unit's queue holds", "guess"},
        c.queue_depth);
  visit(ParameterInfo{"semaphore_cycles", "cycles", 1, 100, "from a post to the credit being visible", "guess"},
        c.semaphore_cycles);
}

}  // namespace ernsim
