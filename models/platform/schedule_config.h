#pragma once

#include "config/parameter.h"

namespace ernsim {

/// Whether a convolution on a residual branch leaves its sums in F, for the one that completes the add to add up on.
enum class ShortcutFusion {
  estimate,  ///< where the compiler's estimate becomes lower
  off,       ///< its sums go through external memory
  on,
};

/// What the compiler may choose. No property of the hardware: any schedule that fits runs.
struct ScheduleConfig {
  ShortcutFusion fuse_shortcuts = ShortcutFusion::estimate;
  std::int64_t candidates = 8;
};

template <class Config, class Visitor>
void visit_schedule(Config& c, Visitor&& visit) {
  visit(ParameterInfo{"fuse_shortcuts", "", 0, 0,
                      "a residual branch's convolution leaves its sums in F, where the next one adds to them",
                      "freedom of the schedule"},
        c.fuse_shortcuts,
        EnumNames<ShortcutFusion>{
            {"estimate", ShortcutFusion::estimate}, {"off", ShortcutFusion::off}, {"on", ShortcutFusion::on}});
  visit(ParameterInfo{"candidates", "schedules", 1, 64,
                      "schedules that are simulated, timing only, for the fastest to be taken; 1: the estimate's alone",
                      "freedom of the schedule"},
        c.candidates);
}

}  // namespace ernsim
